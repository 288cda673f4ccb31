package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.ActivityTerms.Hours;
import de.kreissiegel.hsm.policy.YamlText.Row;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sections of a policy's YAML that hold {@link KeyTerms} and {@link OfficerRules}. */
final class TermsFile {
  private static final Pattern HOURS = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  private TermsFile() {}

  static void write(StringBuilder text, KeyPolicy policy) {
    YamlText sheet = new YamlText(text, 0);
    KeyTerms terms = policy.terms();
    terms.activity().ifPresent(activity -> activity(sheet.section("activity"), activity));
    if (!terms.rate().equals(SignatureRate.ANY)) {
      sheet.put("rate", row(terms.rate()));
    }
    terms
        .exception()
        .ifPresent(
            exception ->
                sheet
                    .section("exception")
                    .quoted("reason", exception.reason())
                    .quoted("owner", exception.owner())
                    .put("until", exception.until()));
    if (terms.experimental()) {
      sheet.put("experimental", true);
    }
    if (terms.ed25519()) {
      sheet.put("ed25519", true);
    }
    policy.officers().ifPresent(rules -> officers(sheet.section("officers"), rules));
  }

  private static void activity(YamlText sheet, ActivityTerms activity) {
    activity.idle().ifPresent(idle -> sheet.duration("idle", idle));
    activity
        .hours()
        .ifPresent(
            hours ->
                sheet
                    .quoted("hours", hours.from() + "-" + hours.to())
                    .put("zone", hours.zone().getId()));
  }

  static Row row(SignatureRate rate) {
    Row row = new Row();
    if (rate.perMinute() > 0) {
      row.put("per-minute", rate.perMinute());
    }
    if (rate.perDay() > 0) {
      row.put("per-day", rate.perDay());
    }
    return row;
  }

  private static void officers(YamlText sheet, OfficerRules rules) {
    sheet.put("kind", rules.kind());
    sheet.list("first", rules.firstOfficers().stream().map(PolicyFile::base64).sorted().toList());
    sheet.duration("longest-silence", rules.longestSilence());
    sheet.duration("oldest-approval", rules.oldestApproval());
    rules
        .securityKeys()
        .ifPresent(
            keys ->
                sheet
                    .section("security-keys")
                    .put("relying-party", keys.relyingParty())
                    .quoted("origin", keys.origin()));
  }

  static KeyTerms terms(YamlSheet sheet) throws PolicyFault {
    Optional<ActivityTerms> activity = Optional.empty();
    Optional<YamlSheet> section = sheet.section("activity");
    if (section.isPresent()) {
      activity = Optional.of(activity(section.get()));
    }
    SignatureRate rate = rate(sheet);
    Optional<RecordedException> exception = Optional.empty();
    section = sheet.section("exception");
    if (section.isPresent()) {
      YamlSheet record = section.get();
      exception =
          Optional.of(
              new RecordedException(
                  record.word("reason"), record.word("owner"), record.instant("until")));
      record.end();
    }
    return new KeyTerms(
        rate, activity, exception, sheet.truth("experimental"), sheet.truth("ed25519"));
  }

  private static ActivityTerms activity(YamlSheet sheet) throws PolicyFault {
    Optional<Duration> idle = sheet.optionalDuration("idle");
    Optional<List<LocalTime>> times =
        sheet.optionalParsed("hours", TermsFile::times, "hours such as \"06:00-20:00\"");
    Optional<Hours> hours = Optional.empty();
    if (times.isPresent()) {
      ZoneId zone = sheet.parsed("zone", ZoneId::of, "a time zone such as Europe/Berlin");
      hours =
          Optional.of(
              sheet.made(() -> new Hours(times.get().getFirst(), times.get().getLast(), zone)));
    }
    sheet.end();
    Optional<Hours> daily = hours;
    return sheet.made(() -> new ActivityTerms(idle, daily));
  }

  private static List<LocalTime> times(String text) {
    Matcher matcher = HOURS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return List.of(LocalTime.parse(matcher.group(1)), LocalTime.parse(matcher.group(2)));
  }

  /** The section {@code rate} of a sheet. */
  static SignatureRate rate(YamlSheet sheet) throws PolicyFault {
    Optional<YamlSheet> section = sheet.section("rate");
    if (section.isEmpty()) {
      return SignatureRate.ANY;
    }
    YamlSheet rate = section.get();
    SignatureRate read = new SignatureRate(limit(rate, "per-minute"), limit(rate, "per-day"));
    rate.end();
    return read;
  }

  private static int limit(YamlSheet sheet, String key) throws PolicyFault {
    Optional<Integer> number = sheet.number(key);
    if (number.isPresent() && number.get() < 1) {
      throw sheet.fault("\"" + key + "\" must be 1 or more; leave it out for no limit");
    }
    return number.orElse(0);
  }

  static Optional<OfficerRules> officers(YamlSheet sheet) throws PolicyFault {
    Optional<YamlSheet> section = sheet.section("officers");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    YamlSheet officers = section.get();
    String kind = officers.word("kind");
    Set<Bytes> first =
        new HashSet<>(
            officers.list(
                "first",
                word -> Bytes.of(Base64.getDecoder().decode(word)),
                "the base64 of the SHA-256 of each public key"));
    Duration silence = officers.duration("longest-silence");
    Duration oldest = officers.optionalDuration("oldest-approval").orElse(OfficerRules.TWO_WEEKS);
    Optional<SecurityKeyRules> keys = Optional.empty();
    Optional<YamlSheet> pages = officers.section("security-keys");
    if (pages.isPresent()) {
      String party = pages.get().word("relying-party");
      String origin = pages.get().word("origin");
      pages.get().end();
      keys = Optional.of(pages.get().made(() -> new SecurityKeyRules(party, origin)));
    }
    officers.end();
    return Optional.of(new OfficerRules(kind, first, silence, oldest, keys));
  }
}
