package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Says a letter in German, and below in English: the directories of town halls don't tell which
 * language somebody reads, and who reads one of them finds it.
 */
public final class LetterWords implements Function<Letter, MailText> {
  private static final Set<LetterKind> SAID_BY_PEOPLE =
      Set.of(
          LetterKind.REFUSED,
          LetterKind.ASKED,
          LetterKind.GRANT,
          LetterKind.GRANT_PROPOSED,
          LetterKind.READING,
          LetterKind.READING_PROPOSED,
          LetterKind.REVISION_DUE,
          LetterKind.REVISION_OVERDUE,
          LetterKind.RECOVERY_REQUESTED,
          LetterKind.RECOVERY_WAITING,
          LetterKind.RECOVERY_RELEASED,
          LetterKind.RECOVERY_READY);

  private static final List<Locale> LANGUAGES = List.of(Locale.GERMAN, Locale.ENGLISH);

  private final LetterTemplates templates;
  private final ProfileCatalog profiles;
  private final MessageSource pageWords;
  private final URI pages;
  private final ZoneId zone;
  private final ResourceBundleMessageSource words = bundle();

  /**
   * @param pageWords the words of the pages, for reasons of revocations
   * @param pages the address of the pages
   * @param zone whose time it is
   */
  public LetterWords(
      LetterTemplates templates,
      ProfileCatalog profiles,
      MessageSource pageWords,
      URI pages,
      ZoneId zone) {
    this.templates = templates;
    this.profiles = profiles;
    this.pageWords = pageWords;
    this.pages = pages;
    this.zone = zone;
  }

  private static ResourceBundleMessageSource bundle() {
    var source = new ResourceBundleMessageSource();
    source.setBasename("de.kreissiegel.ra.mail.letters");
    source.setDefaultEncoding("UTF-8");
    source.setFallbackToSystemLocale(false);
    source.setAlwaysUseMessageFormat(true);
    return source;
  }

  @Override
  public MailText apply(Letter letter) {
    List<LetterTemplates.Passage> passages =
        LANGUAGES.stream().map(language -> passage(letter, language)).toList();
    return templates.filled(
        letter.kind(),
        letter.tenant(),
        new LetterTemplates.Content(
            word(letter, ".subject", Locale.GERMAN), passages, address(letter), letter.said()));
  }

  private LetterTemplates.Passage passage(Letter letter, Locale language) {
    return new LetterTemplates.Passage(
        language.getLanguage(),
        word(letter, ".subject", language),
        word(letter, ".text", language)
            .lines()
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList(),
        word(letter, ".link", language),
        words.getMessage("foot", new Object[] {pages.getHost()}, language));
  }

  private String word(Letter letter, String end, Locale language) {
    String many = letter.said().containsKey("people") ? "-many" : "";
    return words.getMessage(
        letter.kind().templateName() + many + end, values(letter, language), language);
  }

  /** What the texts call {0} to {14}. */
  private Object[] values(Letter letter, Locale language) {
    Map<String, String> said = letter.said();
    return new Object[] {
      what(said.getOrDefault("profiles", ""), language),
      said.getOrDefault("holder", ""),
      date(said.getOrDefault("until", said.getOrDefault("since", "")), language),
      said.getOrDefault("days", ""),
      reason(letter.kind(), said.getOrDefault("reason", ""), language),
      who(said, language),
      said.getOrDefault("applicant-name", ""),
      said.getOrDefault("event", "") + " – " + said.getOrDefault("detail", ""),
      letter.tenant().map(TenantId::value).orElse(pages.getHost()),
      said.getOrDefault("text-" + language.getLanguage(), ""),
      day(said.getOrDefault("due", ""), language),
      said.getOrDefault("title", ""),
      said.getOrDefault("left", ""),
      said.getOrDefault("people", ""),
      said.getOrDefault("names", "")
    };
  }

  private String what(String names, Locale language) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(
            name ->
                profiles
                    .find(new ProfileName(name))
                    .map(profile -> profile.title(language))
                    .orElse(name))
        .collect(Collectors.joining(" + "));
  }

  private String date(String instant, Locale language) {
    return instant.isEmpty()
        ? ""
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(language)
            .format(Instant.parse(instant).atZone(zone));
  }

  private static String day(String day, Locale language) {
    return day.isEmpty()
        ? ""
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(language)
            .format(LocalDate.parse(day));
  }

  /** Of a revocation one that pages have a word for; of an application the officer's own words. */
  private String reason(LetterKind kind, String reason, Locale language) {
    return SAID_BY_PEOPLE.contains(kind) || reason.isEmpty()
        ? reason
        : Objects.requireNonNullElse(
            pageWords.getMessage("reason." + reason, null, reason, language), reason);
  }

  private String who(Map<String, String> said, Locale language) {
    String actor = said.getOrDefault("actor", "");
    String name = said.getOrDefault("actor-name", "");
    if (actor.startsWith("system:")) {
      String itself = words.getMessage("by.system", null, language);
      return Objects.requireNonNullElse(
          words.getMessage("by." + actor, null, itself, language), itself);
    }
    return name;
  }

  /** Where the letter leads. */
  private String address(Letter letter) {
    Map<String, String> said = letter.said();
    String request = said.getOrDefault("request", "");
    String certificate = said.getOrDefault("certificate", "");
    String path =
        switch (letter.kind()) {
          case READY, REFUSED, EXPIRED, ASKED -> request.isEmpty() ? "" : "requests/" + request;
          case GRANT, GRANT_PROPOSED, READING, READING_PROPOSED -> "grants";
          case WAITING, OVERDUE, ANSWERED -> request.isEmpty() ? "inbox" : "inbox/" + request;
          case REVOKED, HELD, RELEASED, UNRENEWED, UNUSED ->
              certificate.isEmpty() ? "" : "certificates/" + certificate;
          case REMINDER, CAMPAIGN, CAMPAIGN_REMINDER ->
              certificate.isEmpty() ? "" : "certificates/" + certificate + "/renew";
          case CAMPAIGN_DONE, CAMPAIGN_OVERDUE -> "campaigns/" + said.getOrDefault("campaign", "");
          case RECOVERY_REQUESTED, RECOVERY_RELEASED -> "keys";
          case RECOVERY_WAITING -> "escrow/recoveries/" + said.getOrDefault("recovery", "");
          case RECOVERY_READY -> "keys/files/" + said.getOrDefault("file", "");
          case CONFIRMATION -> "persons";
          case REVISION_DUE, REVISION_OVERDUE -> "revision";
          case BRAKE, ALARM, EXPECTED, MISSING -> "";
        };
    return pages.resolve("/").resolve(path).toString();
  }
}
