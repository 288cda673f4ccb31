package de.kreissiegel.ca.terms;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Terms in one version: what is accepted, word for word.
 *
 * @param name the same in all versions
 * @param version from 1, counted up with each change of the words
 * @param german its words in German, which count
 * @param english the same in English
 */
public record Terms(TermsName name, int version, Wording german, Wording english) {
  /**
   * The words in one language.
   *
   * @param title 1 to 100 characters
   * @param text 1 to 20,000 characters; an empty line parts paragraphs
   */
  public record Wording(String title, String text) {
    /** The text's paragraphs, in order. */
    public List<String> paragraphs() {
      return Arrays.stream(text.strip().split("\\n\\s*\\n"))
          .map(paragraph -> paragraph.strip().replaceAll("\\s*\\n\\s*", " "))
          .toList();
    }
  }

  /** The words in this language, else in German. */
  public Wording in(Locale language) {
    return language.getLanguage().equals("en") ? english : german;
  }

  /**
   * SHA-256 of all that is accepted: name, version and each of the four texts behind its length, so
   * that no two different terms have the same octets.
   */
  public Bytes digest() {
    var text = new StringBuilder("kreissiegel terms 1\n" + name + "\n" + version + "\n");
    for (String one : List.of(german.title, german.text, english.title, english.text)) {
      text.append(one.getBytes(StandardCharsets.UTF_8).length).append('\n').append(one);
    }
    return Bytes.of(text.toString().getBytes(StandardCharsets.UTF_8)).sha256();
  }

  /** As events name it: {@code signature/2}. */
  @Override
  public String toString() {
    return name + "/" + version;
  }
}
