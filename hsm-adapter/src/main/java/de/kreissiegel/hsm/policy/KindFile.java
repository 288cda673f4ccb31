package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.YamlText.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A {@link CertificateKind} in a policy's YAML. */
final class KindFile {
  private static final String PROOF = "proof-of-possession";
  private static final String USAGES = "key usages such as [[digitalSignature]]";
  private static final String EXTENDED =
      "extended key usages such as [clientAuth, 1.3.6.1.5.5.7.3.4]";
  private static final String IDENTIFIERS = "object identifiers such as [1.2.3.4]";

  private KindFile() {}

  static void write(YamlText sheet, CertificateKind kind) {
    sheet.put("name", kind.name());
    marks(sheet.section("marks"), kind.marks());
    kind.pathLength().ifPresent(length -> sheet.put("path-length", length));
    ValidityRules times = kind.validity();
    Row validity = new Row().put("longest", YamlText.duration(times.longest()));
    times.latestEnd().ifPresent(end -> validity.put("latest-end", end));
    validity.put("backdating", YamlText.duration(times.backdating()));
    times.postdating().ifPresent(most -> validity.put("postdating", YamlText.duration(most)));
    sheet.put("validity", validity);
    if (kind.content().isPresent()) {
      ContentFile.write(sheet.section("content"), kind.content().get());
    } else {
      sheet.put("content", "any");
    }
    if (kind.ownKeysOnly()) {
      sheet.put("own-keys-only", true);
    }
    if (kind.links()) {
      sheet.put("links", true);
    }
    if (!kind.rate().equals(SignatureRate.ANY)) {
      sheet.put("rate", TermsFile.row(kind.rate()));
    }
    if (!kind.approval().equals(ApprovalRule.NONE)) {
      Row approval = new Row().put("officers", kind.approval().officers());
      if (kind.approval().proofOfPossession()) {
        approval.put("evidence", PROOF);
      }
      sheet.put("approval", approval);
    }
  }

  private static void marks(YamlText sheet, Marks marks) {
    sheet.put("authority", marks.authority());
    marks.selfIssued().ifPresent(own -> sheet.put("self-issued", own));
    if (!marks.keyUsages().isEmpty()) {
      sheet.list(
          "key-usages",
          marks.keyUsages().stream()
              .sorted(Comparator.comparingInt(KeyUsageFlag::mask))
              .map(KindFile::usages)
              .toList());
    }
    marks
        .extendedKeyUsages()
        .ifPresent(
            usages ->
                sheet.list(
                    "extended-key-usages",
                    usages.stream().map(ObjectNames::usageWord).sorted().toList()));
    marks
        .policies()
        .ifPresent(policies -> sheet.list("policies", policies.stream().sorted().toList()));
    if (!marks.organizations().isEmpty()) {
      sheet.list("organizations", YamlText.quotedAndSorted(marks.organizations()));
    }
  }

  static String usages(Set<KeyUsageFlag> usages) {
    return YamlText.flow(usages.stream().sorted().map(KeyUsageFlag::word).toList());
  }

  static CertificateKind read(YamlSheet sheet) throws PolicyFault {
    String name = sheet.word("name");
    YamlSheet telling = required(sheet, "marks");
    Marks marks = marks(telling);
    Optional<Integer> length = sheet.number("path-length");
    YamlSheet times = required(sheet, "validity");
    ValidityRules validity =
        new ValidityRules(
            times.duration("longest"),
            times.optionalInstant("latest-end"),
            times.duration("backdating"),
            times.optionalDuration("postdating"));
    times.end();
    Optional<ContentRules> content = content(sheet);
    boolean own = sheet.truth("own-keys-only");
    boolean links = sheet.truth("links");
    SignatureRate rate = TermsFile.rate(sheet);
    ApprovalRule approval = approval(sheet);
    sheet.end();
    return sheet.made(
        () ->
            new CertificateKind(
                name,
                marks,
                length.isPresent() ? OptionalInt.of(length.get()) : OptionalInt.empty(),
                validity,
                content,
                own,
                rate,
                approval,
                links));
  }

  private static Marks marks(YamlSheet sheet) throws PolicyFault {
    boolean authority = sheet.truth("authority");
    Optional<Boolean> own =
        sheet.has("self-issued") ? Optional.of(sheet.truth("self-issued")) : Optional.empty();
    Set<Set<KeyUsageFlag>> usages = new HashSet<>();
    for (List<KeyUsageFlag> one : sheet.lists("key-usages", KeyUsageFlag::ofWord, USAGES)) {
      usages.add(new HashSet<>(one));
    }
    Optional<Set<String>> extended =
        set(sheet, "extended-key-usages", ObjectNames::usage, EXTENDED);
    Optional<Set<String>> policies = set(sheet, "policies", ObjectNames::dotted, IDENTIFIERS);
    Set<String> organizations =
        new HashSet<>(sheet.list("organizations", word -> word, "a list of names"));
    sheet.end();
    return new Marks(authority, own, usages, extended, policies, organizations);
  }

  private static Optional<Set<String>> set(
      YamlSheet sheet, String key, java.util.function.Function<String, String> parser, String form)
      throws PolicyFault {
    return sheet.has(key)
        ? Optional.of(new HashSet<>(sheet.list(key, parser, form)))
        : Optional.empty();
  }

  private static Optional<ContentRules> content(YamlSheet sheet) throws PolicyFault {
    if (sheet.says("content", "any")) {
      return Optional.empty();
    }
    return Optional.of(ContentFile.read(required(sheet, "content")));
  }

  private static ApprovalRule approval(YamlSheet sheet) throws PolicyFault {
    Optional<YamlSheet> section = sheet.section("approval");
    if (section.isEmpty()) {
      return ApprovalRule.NONE;
    }
    YamlSheet approval = section.get();
    int officers = approval.number("officers").orElse(0);
    List<String> evidence = new ArrayList<>();
    approval
        .optionalParsed("evidence", KindFile::proof, PROOF + ", or leave it out")
        .ifPresent(evidence::add);
    approval.end();
    return approval.made(() -> new ApprovalRule(officers, !evidence.isEmpty()));
  }

  private static String proof(String word) {
    if (!word.equals(PROOF)) {
      throw new IllegalArgumentException(word);
    }
    return word;
  }

  static YamlSheet required(YamlSheet sheet, String key) throws PolicyFault {
    return sheet
        .section(key)
        .orElseThrow(() -> sheet.fault("\"" + key + "\" is missing; write its keys and values"));
  }
}
