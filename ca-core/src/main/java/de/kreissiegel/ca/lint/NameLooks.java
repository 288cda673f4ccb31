package de.kreissiegel.ca.lint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a name looks like to who reads it quickly. */
final class NameLooks {
  private static final List<String> MARKS = List.of("GRP", "PN");

  /** Letters of other scripts that look like those of the marks (UTS #39, confusables). */
  private static final Map<Integer, Character> LIKE_LATIN =
      Map.ofEntries(
          Map.entry(0x050c, 'G'), // Cyrillic Komi Sje
          Map.entry(0x13c0, 'G'), // Cherokee Nah
          Map.entry(0x13a1, 'R'), // Cherokee E
          Map.entry(0x13d2, 'R'), // Cherokee Sv
          Map.entry(0x0420, 'P'), // Cyrillic Er
          Map.entry(0x0440, 'P'),
          Map.entry(0x03a1, 'P'), // Greek Rho
          Map.entry(0x03c1, 'P'),
          Map.entry(0x13e2, 'P'), // Cherokee Tlv
          Map.entry(0x039d, 'N'), // Greek Nu
          Map.entry(0x0262, 'G'), // small capitals
          Map.entry(0x0280, 'R'),
          Map.entry(0x1d18, 'P'),
          Map.entry(0x0274, 'N'));

  private static final Set<String> GIVEN_NAMES = givenNames();
  private static final Set<String> TITLES =
      Set.of("herr", "frau", "dr.", "prof.", "dr", "prof", "hr.", "fr.");

  private NameLooks() {}

  /** Whether it seems to begin with a mark of the Verwaltungs-PKI, and doesn't. */
  static boolean looksMarked(String name) {
    if (name.startsWith("GRP:") || name.startsWith("PN:")) {
      return false;
    }
    var letters = new StringBuilder(4);
    boolean ended = false;
    String flat = isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFKD);
    for (int at = 0; at < flat.length() && !ended && letters.length() <= 3; ) {
      int c = flat.codePointAt(at);
      at += Character.charCount(c);
      if (isNothing(c) || Character.isSpaceChar(c) && letters.isEmpty()) {
        continue;
      }
      char like = Character.toUpperCase(LIKE_LATIN.getOrDefault(c, c < 0x80 ? (char) c : '?'));
      if (like >= 'A' && like <= 'Z') {
        letters.append(like);
      } else {
        ended = true; // a colon, a dash, a dot, a blank: the eye takes them all for the mark's
      }
    }
    return ended && MARKS.contains(letters.toString());
  }

  /** Marks on letters, and what has no width. */
  private static boolean isNothing(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT;
  }

  private static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  /** Whether a word has letters of two of the scripts that look alike. */
  static boolean mixesScripts(String text) {
    if (isAscii(text)) {
      return false;
    }
    Character.UnicodeScript word = Character.UnicodeScript.COMMON;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (!Character.isLetter(c)) {
        word = Character.UnicodeScript.COMMON;
        continue;
      }
      Character.UnicodeScript script = Character.UnicodeScript.of(c);
      if (word != Character.UnicodeScript.COMMON && script != word) {
        return true;
      }
      word = script;
    }
    return false;
  }

  /** Whether it reads like a person's: with a title, or with a usual given name before or after. */
  static boolean likePerson(String name) {
    String[] words = name.strip().split("[\\s]+", -1);
    if (words.length < 2 || words.length > 5) {
      return false;
    }
    if (TITLES.contains(words[0].toLowerCase(Locale.ROOT))) {
      return isProper(words[1]);
    }
    boolean commaForm = words[0].endsWith(",");
    String given = commaForm ? words[1] : words[0];
    String family = commaForm ? words[0].substring(0, words[0].length() - 1) : words[1];
    boolean all = true;
    for (String first : given.toLowerCase(Locale.ROOT).split("-", -1)) {
      all &= GIVEN_NAMES.contains(first);
    }
    for (String word : words) {
      all &= isProper(word) || word.endsWith(",") || isParticle(word);
    }
    return all && (isProper(family) || isParticle(family));
  }

  private static boolean isParticle(String word) {
    return Set.of("von", "van", "de", "der", "den", "zu", "zur", "al", "el", "bin").contains(word);
  }

  /** A capital letter and then small ones. */
  private static boolean isProper(String word) {
    return word.length() > 1
        && Character.isUpperCase(word.codePointAt(0))
        && word.chars().allMatch(c -> Character.isLetter(c) || c == '-' || c == '\'' || c == '.')
        && word.chars().skip(1).anyMatch(Character::isLowerCase);
  }

  /** Whether it reads like a host name or a mail address. */
  static boolean likeHost(String text) {
    String name = text.strip();
    return name.indexOf('@') > 0 || name.indexOf(' ') < 0 && NameForms.isDomainName(name);
  }

  private static Set<String> givenNames() {
    try (InputStream names = NameLooks.class.getResourceAsStream("given-names.txt")) {
      return new String(Objects.requireNonNull(names).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> List.of(line.split(" ", -1)).stream())
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
