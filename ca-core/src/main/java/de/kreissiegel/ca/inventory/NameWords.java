package de.kreissiegel.ca.inventory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words by which names are found: small letters and digits, umlauts written out, accents gone.
 * {@code CN=Jörg Müller} and {@code mail:joerg.mueller@stadt-hassfurt.example} have {@code joerg}
 * and {@code mueller} in common.
 */
public final class NameWords {
  /** More letters of a word than these tell nobody apart. */
  private static final int LONGEST = 60;

  /** A name has a few; who writes more into a certificate or a search field is not looking. */
  private static final int MOST = 100;

  /** The types of a distinguished name's attributes (RFC 4514 §2.3), which are nobody's name. */
  private static final Pattern TYPES =
      Pattern.compile("(?<=^|[,+])\\s*(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\\.[0-9]+)*)=");

  /** The kinds of alternative names, as {@link StoredCertificate#alternativeNames} has them. */
  private static final Pattern KINDS = Pattern.compile("(?<=^| )[a-z]+:");

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private NameWords() {}

  /** The words of a certificate's names. */
  public static Set<String> of(StoredCertificate certificate) {
    return of(certificate.subjectName(), certificate.alternativeNames());
  }

  /**
   * The words of these names.
   *
   * @param subjectName a distinguished name (RFC 4514)
   * @param alternativeNames as {@link StoredCertificate#alternativeNames}
   */
  public static Set<String> of(String subjectName, String alternativeNames) {
    return Set.copyOf(
        Stream.of(TYPES.matcher(subjectName), KINDS.matcher(alternativeNames))
            .map(matcher -> matcher.replaceAll(" "))
            .flatMap(NameWords::words)
            .limit(MOST)
            .toList());
  }

  /** The words that somebody looks for, in their order. */
  public static List<String> lookedFor(String text) {
    return List.copyOf(new LinkedHashSet<>(words(text).limit(MOST).toList()));
  }

  /** Whether it stands for all words that begin so; a letter alone is an initial. */
  public static boolean isBeginning(String lookedFor) {
    return lookedFor.length() > 1;
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(NO_WORD.split(folded(text)))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, Math.min(LONGEST, word.length())));
  }

  private static String folded(String text) {
    String written =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ß", "ss");
    return MARKS.matcher(Normalizer.normalize(written, Normalizer.Form.NFKD)).replaceAll("");
  }
}
