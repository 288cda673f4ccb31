package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.settings.Sheet;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads {@code terms.yaml}; what is wrong becomes a fault with its line. */
final class TermsReader {
  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 20_000;
  private static final int MOST = 50;

  private final Predicate<ProfileName> known;
  private final List<ConfigurationFault> faults;

  TermsReader(Predicate<ProfileName> known, List<ConfigurationFault> faults) {
    this.known = known;
    this.faults = faults;
  }

  /** All that can be read. */
  List<TermsCatalog.Entry> read(String yaml) {
    Optional<Section> sheet = Sheet.read(TermsCatalog.FILE, yaml, faults);
    if (sheet.isEmpty()) {
      return List.of();
    }
    sheet
        .get()
        .required(
            "schema", text -> whole(text, 1, 1), 1, "Write schema: 1, the form of this file.");
    List<TermsCatalog.Entry> entries = new ArrayList<>();
    for (Section one : sheet.get().sections("terms", "Write a list, each with name and texts.")) {
      TermsCatalog.Entry entry = entry(one);
      one.check(
          entries.stream().noneMatch(other -> other.terms().name().equals(entry.terms().name())),
          "name",
          "two terms have this name",
          "Give each a name of its own.");
      one.check(
          entries.stream().noneMatch(other -> other.scope().competesWith(entry.scope())),
          "",
          "other terms hold for the same",
          "Name other profiles or tenants: for each certificate one text holds.");
      entries.add(entry);
      one.end();
    }
    sheet.get().check(entries.size() <= MOST, "terms", "are too many", "Write 50 at most.");
    sheet.get().end();
    return entries;
  }

  private TermsCatalog.Entry entry(Section from) {
    var terms =
        new Terms(
            from.required(
                "name",
                TermsName::new,
                new TermsName("x"),
                "Write lower-case letters, digits and hyphens."),
            from.required(
                "version",
                text -> whole(text, 1, 1_000_000),
                1,
                "Write a whole number, larger than before whenever a word changes."),
            wording(from, "de"),
            wording(from, "en"));
    return new TermsCatalog.Entry(
        terms,
        new Scope(
            Set.copyOf(from.list("profiles", this::profile, "Write names of profiles there are.")),
            Set.copyOf(
                from.list("tenants", TenantId::new, "Write tenants, as stadt-ebern.example."))));
  }

  private static Terms.Wording wording(Section from, String language) {
    String remedy = "Write title and text in German (de) and English (en).";
    Optional<Section> words = from.section(language, remedy);
    if (words.isEmpty()) {
      if (!from.has(language)) {
        from.fault(language, "is missing", remedy);
      }
      return new Terms.Wording("", "");
    }
    var wording =
        new Terms.Wording(
            words
                .get()
                .required(
                    "title",
                    bounded(LONGEST_TITLE),
                    "",
                    "Write 1 to " + LONGEST_TITLE + " characters."),
            words
                .get()
                .required(
                    "text",
                    bounded(LONGEST_TEXT),
                    "",
                    "Write 1 to "
                        + LONGEST_TEXT
                        + " characters, paragraphs parted by an empty line."));
    words.get().end();
    return wording;
  }

  private static Function<String, String> bounded(int atMost) {
    return text -> {
      String stripped = text.strip();
      if (stripped.isEmpty()
          || stripped.length() > atMost
          || stripped.chars().anyMatch(c -> c < ' ' && c != '\n')) {
        throw new IllegalArgumentException();
      }
      return stripped;
    };
  }

  private ProfileName profile(String word) {
    var name = new ProfileName(word);
    if (!known.test(name)) {
      throw new IllegalArgumentException("no profile " + word);
    }
    return name;
  }

  private static int whole(String text, int least, int most) {
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException();
    }
    return number;
  }
}
