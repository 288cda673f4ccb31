package de.kreissiegel.ca.lint;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lists of weak RSA keys in the format of Debian's package openssl-blacklist: one key a line, the
 * last 20 of the 40 hexadecimal digits of the SHA-1 of {@code Modulus=…} as {@code openssl rsa
 * -modulus} prints it; {@code #} begins a comment.
 */
public final class WeakKeyLists {
  private static final String NAMES = "blacklist.RSA-*";
  private static final Pattern LINE = Pattern.compile("[0-9a-f]{20}");
  private static final int LONGEST_LINE = 200;
  private static final int MOST_LINES = 4_000_000;
  private static final int DIGITS = 20;

  private final Set<String> ends;
  private final List<String> files;

  private WeakKeyLists(Set<String> ends, List<String> files) {
    this.ends = ends;
    this.files = List.copyOf(files);
  }

  /** No list. */
  public static WeakKeyLists none() {
    return new WeakKeyLists(Set.of(), List.of());
  }

  /**
   * Reads all lists of a folder: its files {@code blacklist.RSA-*}.
   *
   * @throws IOException if one can't be read or holds something else, with file and line
   */
  public static WeakKeyLists read(Path folder) throws IOException {
    Set<String> ends = new HashSet<>();
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, NAMES)) {
      for (Path list : lists) {
        read(list, ends);
        files.add(String.valueOf(list.getFileName()));
      }
    }
    files.sort(String::compareTo);
    return new WeakKeyLists(ends, files);
  }

  private static void read(Path list, Set<String> ends) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.US_ASCII)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String entry = line.strip();
        if (entry.isEmpty() || entry.startsWith("#")) {
          continue;
        }
        if (entry.length() > LONGEST_LINE
            || !LINE.matcher(entry).matches()
            || ends.size() >= MOST_LINES) {
          throw new IOException(
              list + ", line " + number + ": not 20 hexadecimal digits in small letters");
        }
        ends.add(entry);
      }
    }
  }

  /** How many keys they name. */
  public int size() {
    return ends.size();
  }

  /** The names of the files. */
  public List<String> files() {
    return files;
  }

  boolean hasModulus(BigInteger modulus) {
    return !ends.isEmpty() && ends.contains(end(modulus));
  }

  static String end(BigInteger modulus) {
    try {
      String line = "Modulus=" + modulus.toString(16).toUpperCase(Locale.ROOT) + "\n";
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(line.getBytes(StandardCharsets.US_ASCII));
      String digits = HexFormat.of().formatHex(hash);
      return digits.substring(digits.length() - DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
