package de.kreissiegel.ca.settings;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings that decide what is issued, as a text of digests that people sign:
 *
 * <pre>
 * kreissiegel settings 1
 * root SHA-256 of the root's certificate
 * file hierarchy.yaml SHA-256 of it
 * profile smime 3 SHA-256 of its text
 * </pre>
 *
 * <p>The first line says what it is, so that a signature over it means nothing else; the second,
 * for which installation: by its root or, where it has none, by its first authority, as {@code
 * authority SHA-256 of its certificate}.
 *
 * @param text lines of it, each with its end
 */
public record SettingsSheet(String text) {
  private static final String HEAD = "kreissiegel settings 1\n";

  /**
   * The sheet of an installation.
   *
   * @param root the root's certificate, DER
   * @param files further files that decide, by their names: octets as they are
   * @param profiles the texts of those that it works with, brought along or its own, by name and
   *     version as {@code smime 3}
   */
  public static SettingsSheet of(
      Bytes root, Map<String, Bytes> files, Map<String, Bytes> profiles) {
    return of("root ", root, files, profiles);
  }

  /**
   * That of an installation without a root of its own.
   *
   * @param first the certificate of its first authority, DER
   */
  public static SettingsSheet withoutRoot(
      Bytes first, Map<String, Bytes> files, Map<String, Bytes> profiles) {
    return of("authority ", first, files, profiles);
  }

  private static SettingsSheet of(
      String kind, Bytes whose, Map<String, Bytes> files, Map<String, Bytes> profiles) {
    var text = new StringBuilder(HEAD).append(kind).append(digest(whose)).append('\n');
    append(text, "file", files);
    append(text, "profile", profiles);
    return new SettingsSheet(text.toString());
  }

  private static void append(StringBuilder text, String kind, Map<String, Bytes> octetsByName) {
    new TreeMap<>(octetsByName)
        .forEach(
            (name, octets) ->
                text.append(kind)
                    .append(' ')
                    .append(name)
                    .append(' ')
                    .append(digest(octets))
                    .append('\n'));
  }

  /** SHA-256 of the text, in hexadecimal. */
  public String digest() {
    return digest(octets());
  }

  /** The octets that are signed. */
  public Bytes octets() {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines that are in this one only, with {@code +}, and in the other only, with {@code -}. */
  public List<String> changesSince(SettingsSheet before) {
    List<String> old = before.text.lines().toList();
    List<String> now = text.lines().toList();
    var changes = new ArrayList<String>();
    old.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("- " + line));
    now.stream().filter(line -> !old.contains(line)).forEach(line -> changes.add("+ " + line));
    return List.copyOf(changes);
  }

  private static String digest(Bytes octets) {
    return octets.sha256().toHex();
  }
}
