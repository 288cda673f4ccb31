package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.takeover.Takeover;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.errors.Correlation;
import de.kreissiegel.ra.errors.RefusalMessages;
import de.kreissiegel.ra.pages.Mark.Tone;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Words, names, dates and times for people, in the language of the request. */
@Component
public class Words {
  private static final ZoneId HERE = ZoneId.of("Europe/Berlin");

  private final MessageSource messages;
  private final RefusalMessages refusals;
  private final ProfileCatalog profiles;
  private final TenantNames tenants;

  Words(
      MessageSource messages,
      RefusalMessages refusals,
      ProfileCatalog profiles,
      TenantNames tenants) {
    this.messages = messages;
    this.refusals = refusals;
    this.profiles = profiles;
    this.tenants = tenants;
  }

  /** The pages' languages: English if it was chosen, else German. */
  public static Locale language() {
    return LocaleContextHolder.getLocale().getLanguage().equals("en")
        ? Locale.ENGLISH
        : Locale.GERMAN;
  }

  /** Whose days these are. */
  public static ZoneId zone() {
    return HERE;
  }

  /** The words of this key. */
  public String of(String key, Object... arguments) {
    return messages.getMessage(key, arguments, language());
  }

  /** The words of this key, or the other ones where there are none. */
  public String orElse(String key, String otherwise) {
    var found = messages.getMessage(key, null, otherwise, language());
    return found == null ? otherwise : found;
  }

  /** A day, as {@code 22. November 2026}. */
  public String date(Instant at) {
    return format("date", at);
  }

  /** Day and time of day, as {@code 22.11.2026, 14:05 Uhr}. */
  public String time(Instant at) {
    return format("time", at);
  }

  /** Day and time to the second, for trails. */
  public String exactTime(Instant at) {
    return format("exact-time", at);
  }

  private String format(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(of("format." + pattern), language()).format(at.atZone(HERE));
  }

  /** What staff call this kind of certificate. */
  public String profile(ProfileName name) {
    return profiles
        .find(name)
        .map(profile -> profile.title(language()))
        .orElseGet(
            () -> name.value().equals(Takeover.PROFILE) ? of("profile.imported") : name.value());
  }

  /** As {@code November 2026}. */
  public String month(YearMonth month) {
    return DateTimeFormatter.ofPattern("LLLL yyyy", language()).format(month);
  }

  /** As {@code a, b und c}. */
  public String joined(List<String> texts) {
    var joined = new StringBuilder(texts.getFirst());
    for (int i = 1; i < texts.size(); i++) {
      joined.append(i < texts.size() - 1 ? ", " : of("list.and")).append(texts.get(i));
    }
    return joined.toString();
  }

  /** What this tenant is called. */
  public String tenant(TenantId tenant) {
    return tenants.of(tenant);
  }

  /** A notice that something was done: {@code key.title} and {@code key.text}. */
  public Notice done(String key, Object... arguments) {
    return new Notice(
        Tone.SUCCESS, of(key + ".title", arguments), of(key + ".text", arguments), "");
  }

  /** A notice of why something was not done; the log has it, too. */
  public Notice refused(Refusal refusal) {
    var told = refusals.tell(refusal, language());
    return new Notice(
        Tone.DANGER,
        told.title(),
        told.cause() + " " + told.nextStep(),
        refusal.detail(),
        told.code(),
        Correlation.current());
  }
}
