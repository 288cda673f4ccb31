package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.ReleaseRequest.Purpose;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The sections of a policy's YAML that hold {@link LesserRules}. */
final class LesserFile {
  private LesserFile() {}

  static void write(StringBuilder text, LesserRules lesser) {
    lesser
        .requests()
        .ifPresent(
            rules -> {
              text.append("certification-requests:\n");
              PolicyFile.name(text, "subject", rules.subject());
              words(text, "extensions", rules.extensions());
            });
    lesser
        .timeStamps()
        .ifPresent(
            rules -> {
              text.append("time-stamps:\n");
              words(text, "policies", rules.policies());
              text.append("  clock-tolerance: %s\n".formatted(rules.clockTolerance()));
              rate(text, rules.rate());
            });
    lesser.cms().ifPresent(rules -> cms(text, rules));
    lesser.release().ifPresent(rules -> release(text, rules));
  }

  private static void cms(StringBuilder text, CmsRules rules) {
    text.append("cms:\n");
    words(text, "content-types", rules.contentTypes());
    words(text, "attributes", rules.attributes());
    text.append("  clock-tolerance: %s\n".formatted(rules.clockTolerance()));
    text.append("  largest-attributes: %d\n".formatted(rules.largestAttributes()));
    rate(text, rules.rate());
  }

  private static void release(StringBuilder text, ReleaseRules rules) {
    text.append("release:\n");
    text.append("  purpose: %s\n".formatted(word(rules.purpose())));
    text.append(
        "  schemes: [%s]\n"
            .formatted(
                String.join(
                    ", ", rules.schemes().stream().sorted().map(LesserFile::word).toList())));
    text.append("  largest-octets: %d\n".formatted(rules.largestOctets()));
    text.append("  officers: %d\n".formatted(rules.officers()));
    rate(text, rules.rate());
  }

  static LesserRules read(YamlSheet sheet) throws PolicyFault {
    Optional<RequestRules> requests = Optional.empty();
    Optional<YamlSheet> section = sheet.section("certification-requests");
    if (section.isPresent()) {
      requests = Optional.of(requestRules(section.get()));
    }
    Optional<TimeStampRules> timeStamps = Optional.empty();
    section = sheet.section("time-stamps");
    if (section.isPresent()) {
      timeStamps = Optional.of(timeStampRules(section.get()));
    }
    Optional<CmsRules> cms = Optional.empty();
    section = sheet.section("cms");
    if (section.isPresent()) {
      cms = Optional.of(cmsRules(section.get()));
    }
    Optional<ReleaseRules> release = Optional.empty();
    section = sheet.section("release");
    if (section.isPresent()) {
      release = Optional.of(releaseRules(section.get()));
    }
    return new LesserRules(requests, timeStamps, cms, release);
  }

  private static RequestRules requestRules(YamlSheet sheet) throws PolicyFault {
    RequestRules rules = new RequestRules(sheet.name("subject"), identifiers(sheet, "extensions"));
    sheet.end();
    return rules;
  }

  private static TimeStampRules timeStampRules(YamlSheet sheet) throws PolicyFault {
    TimeStampRules rules =
        new TimeStampRules(
            identifiers(sheet, "policies"), sheet.duration("clock-tolerance"), rate(sheet));
    sheet.end();
    return rules;
  }

  private static CmsRules cmsRules(YamlSheet sheet) throws PolicyFault {
    CmsRules rules =
        new CmsRules(
            identifiers(sheet, "content-types"),
            identifiers(sheet, "attributes"),
            sheet.duration("clock-tolerance"),
            natural(sheet, "largest-attributes"),
            rate(sheet));
    sheet.end();
    return rules;
  }

  private static ReleaseRules releaseRules(YamlSheet sheet) throws PolicyFault {
    Set<Scheme> schemes = EnumSet.noneOf(Scheme.class);
    for (String word : sheet.words("schemes")) {
      schemes.add(named(Scheme.values(), word, sheet));
    }
    ReleaseRules rules =
        new ReleaseRules(
            named(Purpose.values(), sheet.word("purpose"), sheet),
            schemes,
            natural(sheet, "largest-octets"),
            officers(sheet),
            rate(sheet));
    sheet.end();
    return rules;
  }

  private static int officers(YamlSheet sheet) throws PolicyFault {
    return sheet
        .number("officers")
        .filter(count -> count >= 0)
        .orElseThrow(() -> sheet.fault("\"officers\" must be a number, 0 or more; write one"));
  }

  private static SignatureRate rate(YamlSheet sheet) throws PolicyFault {
    return new SignatureRate(limit(sheet, "per-minute"), limit(sheet, "per-day"));
  }

  /** None is written as no line at all, so that nobody takes 0 for a ban. */
  private static int limit(YamlSheet sheet, String key) throws PolicyFault {
    Optional<Integer> number = sheet.number(key);
    if (number.isPresent() && number.get() < 1) {
      throw sheet.fault("\"" + key + "\" must be 1 or more; leave it out for no limit");
    }
    return number.orElse(0);
  }

  private static int natural(YamlSheet sheet, String key) throws PolicyFault {
    return sheet
        .number(key)
        .filter(number -> number > 0)
        .orElseThrow(() -> sheet.fault("\"" + key + "\" must be a number above 0; write one"));
  }

  private static Set<String> identifiers(YamlSheet sheet, String key) throws PolicyFault {
    List<String> words = sheet.words(key);
    for (String word : words) {
      if (ASN1ObjectIdentifier.tryFromID(word) == null) {
        throw sheet.fault(
            "\"" + word + "\" is no object identifier; write it as in 1.3.6.1.5.5.7.3.9");
      }
    }
    return new HashSet<>(words);
  }

  private static <T extends Enum<T>> T named(T[] values, String word, YamlSheet sheet)
      throws PolicyFault {
    for (T value : values) {
      if (word(value).equals(word)) {
        return value;
      }
    }
    throw sheet.fault("\"" + word + "\" is not known here; write one that the manual names");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void words(StringBuilder text, String key, Set<String> words) {
    text.append("  %s: [%s]\n".formatted(key, String.join(", ", words.stream().sorted().toList())));
  }

  private static void rate(StringBuilder text, SignatureRate rate) {
    if (rate.perMinute() > 0) {
      text.append("  per-minute: %d\n".formatted(rate.perMinute()));
    }
    if (rate.perDay() > 0) {
      text.append("  per-day: %d\n".formatted(rate.perDay()));
    }
  }
}
