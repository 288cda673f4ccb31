package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds what people say of fields against the profile, the form of the field and the domains of the
 * tenant. The vault's policy knows the tenants' domains by itself; here it is said at once.
 */
final class FieldCheck {
  private static final int LONGEST_NAME = 64; // ub-common-name (RFC 5280 Appendix A.1)
  private static final int LONGEST_MAIL = 254; // RFC 5321 §4.5.3.1.3
  private static final int LONGEST_HOST = 253;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")+");
  private static final Pattern MAILBOX =
      Pattern.compile("[^\\p{Cntrl}\\s@\"(),:;<>\\[\\\\\\]]{1,64}");
  private static final Pattern MARK = Pattern.compile("(?i)\\s*(GRP|PN)\\s*[:–-].*");

  private final CertificateProfile profile;
  private final TenantId tenant;
  private final Subject subject;

  FieldCheck(CertificateProfile profile, TenantId tenant, Subject subject) {
    this.profile = profile;
    this.tenant = tenant;
    this.subject = subject;
  }

  /**
   * Takes what somebody says.
   *
   * @param said by field; nothing is said by an empty list or an empty text
   * @throws Refused BAD_CERT_TEMPLATE if it is not theirs to set, or doesn't fit
   */
  List<FieldValue> take(FieldSource by, Map<Field, List<String>> said) throws Refused {
    var taken = new ArrayList<FieldValue>();
    for (Field field : Field.values()) {
      List<String> values =
          said.getOrDefault(field, List.of()).stream()
              .map(String::strip)
              .filter(text -> !text.isEmpty())
              .distinct()
              .toList();
      if (values.isEmpty()) {
        continue;
      }
      requireTheirs(by, field);
      if (values.size() > field.most()) {
        throw refused(field, "has at most " + field.most() + " values");
      }
      for (String value : values) {
        FieldValue fit = new FieldValue(field, fit(field, value), by);
        if (!taken.contains(fit)) {
          taken.add(fit);
        }
      }
    }
    return List.copyOf(taken);
  }

  /**
   * Whether all is there that the profile requires.
   *
   * @param decided whether an officer has had the chance to set what is theirs to set
   * @throws Refused SUBJECT_INCOMPLETE with what is missing
   */
  void complete(FieldValues values, boolean decided) throws Refused {
    need(
        Field.MAIL,
        profile.mail(),
        subject.mail().filter(mail -> MailAddress.fits(mail, profile)),
        values,
        decided);
    need(Field.DNS, profile.dnsName(), subject.dnsName(), values, decided);
    if (profile.pseudonymous()) {
      need(Field.PSEUDONYM, Presence.REQUIRED, Optional.empty(), values, decided);
    }
  }

  private void need(
      Field field,
      Presence presence,
      Optional<String> directory,
      FieldValues values,
      boolean decided)
      throws Refused {
    boolean there =
        directory.isPresent() && profile.fields().allow(field, FieldSource.DIRECTORY)
            || !values.of(field).isEmpty();
    boolean later = !decided && profile.fields().allow(field, FieldSource.OFFICER);
    if (presence == Presence.REQUIRED && !there && !later) {
      throw new Refused(
          RefusalReason.SUBJECT_INCOMPLETE,
          profile.name() + " needs the field " + field.configName() + ", and nobody has set it");
    }
  }

  private void requireTheirs(FieldSource by, Field field) throws Refused {
    if (profile.fields().allow(field, by)) {
      return;
    }
    throw refused(
        field,
        profile.fields().openToPeople(field) || profile.fields().allow(field, FieldSource.DIRECTORY)
            ? "is not set by the " + by.configName() + " in " + profile.name()
            : "is set by nobody in " + profile.name());
  }

  private String fit(Field field, String value) throws Refused {
    return switch (field) {
      case COMMON_NAME -> name(field, value);
      case PSEUDONYM -> pseudonym(value);
      case MAIL -> mail(value);
      case DNS -> host(value);
      case VALIDITY -> days(value);
    };
  }

  private static String pseudonym(String value) throws Refused {
    try {
      return new Pseudonym(name(Field.PSEUDONYM, Pseudonyms.withoutMark(value))).name();
    } catch (IllegalArgumentException tooShort) {
      throw refused(Field.PSEUDONYM, "has at least three letters and digits");
    }
  }

  private static String name(Field field, String value) throws Refused {
    String clean = Words.clean(value).replaceAll("\\s+", " ");
    int most = LONGEST_NAME - FieldValues.PSEUDONYM_MARK.length();
    if (clean.isEmpty() || clean.codePointCount(0, clean.length()) > most) {
      throw refused(field, "has 1 to " + most + " characters");
    }
    if (MARK.matcher(clean).matches()) {
      throw refused(field, "is written without GRP: and PN:");
    }
    return clean;
  }

  private String mail(String value) throws Refused {
    int at = value.lastIndexOf('@');
    if (at < 1
        || value.length() > LONGEST_MAIL
        || !MAILBOX.matcher(value.substring(0, at)).matches()
        || !MailAddress.fits(value, profile)) {
      throw refused(Field.MAIL, Words.clean(value) + " is no address that fits");
    }
    String domain = value.substring(at + 1).toLowerCase(Locale.ROOT);
    if (!HOST.matcher(domain).matches()
        || !isTheirs(domain, subject.mail().map(own -> own.substring(own.lastIndexOf('@') + 1)))) {
      throw refused(Field.MAIL, domain + " is no domain of " + tenant);
    }
    return value.substring(0, at + 1) + domain;
  }

  private String host(String value) throws Refused {
    String host = value.toLowerCase(Locale.ROOT);
    if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
      throw refused(Field.DNS, Words.clean(value) + " is no DNS name; wildcards are none either");
    }
    Optional<String> zone =
        subject
            .dnsName()
            .map(own -> own.substring(own.indexOf('.') + 1))
            .filter(parent -> parent.indexOf('.') > 0);
    if (!isTheirs(host, zone)) {
      throw refused(Field.DNS, host + " is in no domain of " + tenant);
    }
    return host;
  }

  /** Under the tenant's domain, or under the one where the directory has the subject. */
  private boolean isTheirs(String domain, Optional<String> known) {
    return isIn(domain, tenant.value())
        || known.filter(zone -> isIn(domain, zone.toLowerCase(Locale.ROOT))).isPresent();
  }

  private static boolean isIn(String domain, String zone) {
    return domain.equals(zone) || domain.endsWith("." + zone);
  }

  private String days(String value) throws Refused {
    try {
      Period period = Period.parse(value);
      boolean whole = period.getYears() == 0 && period.getMonths() == 0 && period.getDays() > 0;
      if (whole && Duration.ofDays(period.getDays()).compareTo(profile.validity()) <= 0) {
        return period.toString();
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    throw refused(
        Field.VALIDITY,
        "is in days, from P1D to P" + profile.validity().toDays() + "D, as " + profile.name());
  }

  private static Refused refused(Field field, String sentence) {
    return new Refused(
        RefusalReason.BAD_CERT_TEMPLATE, "the field " + field.configName() + " " + sentence);
  }
}
