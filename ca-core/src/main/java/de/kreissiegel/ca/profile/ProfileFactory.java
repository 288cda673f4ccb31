package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.subject.SubjectKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** From what was read to what is believed. */
final class ProfileFactory {
  private static final Duration LONGEST = Duration.ofDays(3 * 365 + 1); // TR-03116-4 §6.1.2
  private static final Duration STATUS_MAX_AGE = Duration.ofMinutes(5);
  private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9]\\d{0,38})){1,30}");

  private final Reading reading;

  /** The form of the files that this code reads. */
  private static final int SCHEMA = 1;

  private ProfileFactory(Reading reading) {
    this.reading = reading;
  }

  /** The profile, or nothing where there are faults, which are added to the list. */
  static Optional<CertificateProfile> make(
      ProfileName name, ProfileConfig config, List<ConfigurationFault> faults) {
    var reading = new Reading(config, faults);
    var factory = new ProfileFactory(reading);
    var edition = factory.edition(config.text());
    var staff = factory.staff();
    var rules = factory.rules();
    var content = factory.content();
    new ProfileChecks(reading).checkTogether(staff, rules, content);
    var fields = FieldsReading.read(reading, staff, rules, content);
    var directory = DirectoryRules.read(reading);
    var registration = RegistrationRules.read(reading, rules.subjects());
    reading.check(
        directory.unused().isEmpty() || !fields.openToPeople(Field.PSEUDONYM),
        "directory.unused",
        "officers would be told whose pseudonym isn't used",
        "Leave it out.");
    reading.check(
        rules.escrow().isEmpty() || !fields.openToPeople(Field.PSEUDONYM),
        "escrow",
        "who decides on escrow and asks for keys would be told whose pseudonym it is",
        "Remove it, or give people no pseudonym here.");
    return reading.isSound(reading.takenKeys())
        ? Optional.of(
            new CertificateProfile(
                name, edition, staff, rules, content, fields, directory, registration))
        : Optional.empty();
  }

  private CertificateProfile.Edition edition(String text) {
    reading.required("schema", ProfileFactory::schema, SCHEMA, "Write 1, the form of this file.");
    return new CertificateProfile.Edition(
        reading.required(
            "version",
            ProfileFactory::version,
            1,
            "Write a whole number, larger than before whenever something in the file changes."),
        text);
  }

  private static int schema(String text) {
    if (Integer.parseInt(text) != SCHEMA) {
      throw new IllegalArgumentException();
    }
    return SCHEMA;
  }

  private static int version(String text) {
    int version = Integer.parseInt(text);
    if (version < 1) {
      throw new IllegalArgumentException();
    }
    return version;
  }

  private CertificateProfile.Staff staff() {
    return new CertificateProfile.Staff(
        texts("title", 60),
        texts("description", 300),
        reading.required("offered", ProfileFactory::yesOrNo, false, "Write true or false."));
  }

  private Map<String, String> texts(String key, int atMost) {
    Function<String, String> bounded =
        text -> {
          if (text.length() > atMost) {
            throw new IllegalArgumentException();
          }
          return text;
        };
    String remedy = "Write a text of at most " + atMost + " characters.";
    return Map.of(
        "de", reading.required(key + ".de", bounded, "", remedy),
        "en", reading.required(key + ".en", bounded, "", remedy));
  }

  private CertificateProfile.Rules rules() {
    Duration validity =
        reading.required(
            "validity", ProfileFactory::days, Duration.ofDays(1), "Write days, as P365D.");
    reading.check(
        validity.compareTo(LONGEST) <= 0,
        "validity",
        "is longer than three years",
        "BSI TR-03116-4 §6.1.2 allows at most three years: P1095D.");
    Duration renewBefore =
        reading.required(
            "renew-before", ProfileFactory::days, Duration.ofDays(1), "Write days, as P30D.");
    reading.check(
        renewBefore.compareTo(validity) < 0,
        "renew-before",
        "is not shorter than the validity",
        "Renew a while before the end, as P30D for a year.");
    return new CertificateProfile.Rules(
        reading.required(
            "authority", AuthorityName::new, new AuthorityName("x"), "Name an authority."),
        Set.copyOf(
            reading.list(
                "subjects",
                oneOf(SubjectKind.values(), ProfileFactory::kindName),
                "Choose from person, function, device, service.")),
        reading.required("approvals", ProfileFactory::approvals, 2, "Write 0, 1 or 2."),
        validity,
        reading.optional("latest-end", ProfileFactory::endOf, "Write a day, as 2031-12-31."),
        renewBefore,
        reading
            .optional("request-expiry", ProfileFactory::days, "Write days, as P30D.")
            .orElse(Duration.ofDays(30)),
        reading.required("published", ProfileFactory::yesOrNo, false, "Write true or false."),
        reading
            .optional(
                "status-max-age",
                ProfileFactory::ageOfStatus,
                "Write minutes or hours, at most a day, as PT5M.")
            .orElse(STATUS_MAX_AGE),
        reading.optional("machines", ProfileFactory::yesOrNo, "Write true or false.").orElse(false),
        reading
            .optional("opens-offices", ProfileFactory::yesOrNo, "Write true or false.")
            .orElse(false),
        List.copyOf(
            reading.list("order-with", ProfileName::new, "Write the names of profiles, [smime].")),
        EscrowReading.read(reading));
  }

  private static Duration ageOfStatus(String text) {
    Duration age = Duration.parse(text);
    if (age.isNegative() || age.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException();
    }
    return age;
  }

  private CertificateProfile.Content content() {
    Set<String> policies =
        reading.list("policies", ProfileFactory::oid, "Write object identifiers, as 1.2.3.4.");
    return new CertificateProfile.Content(
        reading.required(
            "purpose",
            oneOf(Purpose.values(), ProfileFactory::purposeName),
            Purpose.SIGNATURE,
            "Choose from " + names(Purpose.values(), ProfileFactory::purposeName) + "."),
        reading.list(
            "extended-key-usage",
            oneOf(ExtendedKeyUsage.values(), ExtendedKeyUsage::configName),
            "Choose from " + names(ExtendedKeyUsage.values(), ExtendedKeyUsage::configName) + "."),
        reading.list(
            "keys",
            oneOf(KeyAlgorithm.values(), KeyAlgorithm::configName),
            "Choose from " + names(KeyAlgorithm.values(), KeyAlgorithm::configName) + "."),
        names(),
        policies,
        fixedExtensions(policies));
  }

  private CertificateProfile.Names names() {
    String presence = "Choose from required, if-present, never.";
    return new CertificateProfile.Names(
        reading.required(
            "names.mail", oneOf(Presence.values(), Presence::configName), Presence.NEVER, presence),
        reading
            .optional("names.international-mail", ProfileFactory::yesOrNo, "Write true or false.")
            .orElse(false),
        reading.required(
            "names.dns", oneOf(Presence.values(), Presence::configName), Presence.NEVER, presence),
        reading.required("names.entry-uri", ProfileFactory::yesOrNo, false, "Write true or false."),
        reading
            .optional(
                "names.windows-account", oneOf(Presence.values(), Presence::configName), presence)
            .orElse(Presence.NEVER));
  }

  private List<FixedExtension> fixedExtensions(Set<String> policies) {
    var extensions = new ArrayList<FixedExtension>();
    Optional<String> statement =
        reading.optional(
            "policy-statement", ProfileFactory::address, "Write an address, as http://…/cps.");
    if (!policies.isEmpty()) {
      extensions.add(
          new FixedExtension("2.5.29.32", false, ExtensionValues.policies(policies, statement)));
    }
    Set<String> capabilities =
        reading.list(
            "smime-capabilities",
            oneOf(
                ExtensionValues.CAPABILITIES.keySet().stream().sorted().toArray(String[]::new),
                Function.identity()),
            "Choose from "
                + String.join(
                    ", ", ExtensionValues.CAPABILITIES.keySet().stream().sorted().toList())
                + ", the best first.");
    if (!capabilities.isEmpty()) {
      extensions.add(
          new FixedExtension(
              "1.2.840.113549.1.9.15",
              false,
              ExtensionValues.capabilities(List.copyOf(capabilities))));
    }
    if (reading
        .optional("must-staple", ProfileFactory::yesOrNo, "Write true or false.")
        .orElse(false)) {
      extensions.add(new FixedExtension("1.3.6.1.5.5.7.1.24", false, ExtensionValues.mustStaple()));
    }
    extensions.addAll(ownExtensions());
    return List.copyOf(extensions);
  }

  private List<FixedExtension> ownExtensions() {
    var extensions = new ArrayList<FixedExtension>();
    for (String key : reading.keysUnder("extensions.")) {
      String oid = key.substring("extensions.".length());
      reading
          .optional(
              key,
              words -> ExtensionValues.own(oid(oid), words),
              "Write an object identifier, and utf8:…, ia5:… or der:…, with critical, before it if"
                  + " it is.")
          .ifPresent(extensions::add);
      reading.check(
          !ExtensionValues.made().contains(oid),
          key,
          "is made from other settings",
          "Remove it; names, usages, policies and addresses have settings of their own.");
    }
    return extensions;
  }

  private static <T> Function<String, T> oneOf(T[] values, Function<T, String> nameOf) {
    return text ->
        Arrays.stream(values)
            .filter(value -> nameOf.apply(value).equals(text))
            .findFirst()
            .orElseThrow();
  }

  private static <T> String names(T[] values, Function<T, String> nameOf) {
    return String.join(", ", Arrays.stream(values).map(nameOf).toList());
  }

  private static String purposeName(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String address(String text) {
    URI address = URI.create(text);
    boolean good = address.getScheme() != null && address.getHost() != null && text.length() <= 200;
    if (!good) {
      throw new IllegalArgumentException();
    }
    return address.toASCIIString();
  }

  private static String kindName(SubjectKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static int approvals(String text) {
    int number = Integer.parseInt(text);
    if (number < 0 || number > 2) {
      throw new IllegalArgumentException();
    }
    return number;
  }

  private static Duration days(String text) {
    Period period = Period.parse(text);
    if (period.getYears() != 0 || period.getMonths() != 0 || period.getDays() < 1) {
      throw new IllegalArgumentException();
    }
    return Duration.ofDays(period.getDays());
  }

  /** The last second of a day. */
  private static Instant endOf(String day) {
    return LocalDate.parse(day)
        .plusDays(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .minusSeconds(1);
  }

  private static String oid(String text) {
    if (!OID.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
