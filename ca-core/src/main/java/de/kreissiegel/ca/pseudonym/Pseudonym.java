package de.kreissiegel.ca.pseudonym;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A name that stands for a person's, as it is in certificates after {@code PN:}.
 *
 * @param name as it was set
 * @throws IllegalArgumentException if it has fewer than three letters and digits: those who differ
 *     in nothing else are one
 */
public record Pseudonym(String name) {
  private static final String HOLDER = "pseudonym:";
  private static final int LEAST = 3;
  private static final int HOLDER_OCTETS = 20;

  public Pseudonym {
    if (folded(name).codePointCount(0, folded(name).length()) < LEAST) {
      throw new IllegalArgumentException("a pseudonym has at least three letters and digits");
    }
  }

  /** The same for all that the eye takes for one: letters and digits alone, in lower case. */
  public String folded() {
    return folded(name);
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /**
   * Whom its certificates name, in place of the person's id in the directory. It comes of the name
   * that stands in them, so it says nothing about the person.
   */
  public SubjectId holder() {
    Bytes hash =
        Bytes.of(("kreissiegel pseudonym " + folded()).getBytes(StandardCharsets.UTF_8)).sha256();
    return new SubjectId(HOLDER + hash.toHex().substring(0, 2 * HOLDER_OCTETS));
  }

  /** Whether a certificate that names this subject names it by a pseudonym. */
  public static boolean isHolder(SubjectId subject) {
    return subject.value().startsWith(HOLDER);
  }
}
