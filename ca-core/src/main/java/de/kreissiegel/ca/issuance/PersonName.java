package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectKind;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The commonName of a subject: its display name, and where that is longer than RFC 5280 allows (64
 * characters), a shorter form that people still recognise: first without titles, then with given
 * names as initials, the last one first, and only then cut.
 */
final class PersonName {
  /** ub-common-name (RFC 5280 Appendix A.1), in characters. */
  static final int LONGEST = 64;

  private static final String GROUP = "GRP: ";

  private PersonName() {}

  static String commonName(Subject subject) {
    String full = tidy(subject.commonName());
    if (subject.kind() == SubjectKind.FUNCTION) {
      // Naming rules of the Verwaltungs-PKI v1.3: nobody shall take a group for a person.
      return cut(full.startsWith("GRP:") ? full : GROUP + full, LONGEST);
    }
    if (length(full) <= LONGEST || subject.surname().isEmpty()) {
      return cut(full, LONGEST);
    }
    String surname = tidy(subject.surname().get());
    String given = tidy(subject.givenName().orElse(""));
    List<String> names =
        new ArrayList<>(Arrays.asList(given.isEmpty() ? new String[0] : given.split(" ", -1)));
    for (int last = names.size(); last >= 0; last--) {
      if (last < names.size()) {
        names.set(last, initials(names.get(last)));
      }
      String shorter = joined(names, surname);
      if (length(shorter) <= LONGEST) {
        return shorter;
      }
    }
    return cut(joined(names.isEmpty() ? List.of() : names.subList(0, 1), surname), LONGEST);
  }

  /** At most so many characters, cut between two whole ones, the cut marked. */
  static String cut(String text, int atMost) {
    if (length(text) <= atMost) {
      return text;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = 0;
    for (int next = characters.next();
        next != BreakIterator.DONE && text.codePointCount(0, next) < atMost;
        next = characters.next()) {
      end = next;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** One form for one name: composed (NFC), single spaces, no control characters. */
  static String tidy(String text) {
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? ' ' : c)
        .forEach(visible::appendCodePoint);
    return Normalizer.normalize(visible, Normalizer.Form.NFC).replaceAll("\\s+", " ").strip();
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String joined(List<String> names, String surname) {
    return (String.join(" ", names) + " " + surname).strip();
  }

  /** {@code Anna-Lena} becomes {@code A.-L.} */
  private static String initials(String name) {
    var parts = new ArrayList<String>();
    for (String part : name.split("-", -1)) {
      if (!part.isEmpty()) {
        parts.add(Character.toString(part.codePointAt(0)) + ".");
      }
    }
    return String.join("-", parts);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
