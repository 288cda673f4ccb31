package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of the first registration officers, whose certificates are made without approval: in the
 * folder of anchors, so that the desk knows whom the policies name. The vault believes its policies
 * alone; who changes this file gets a request refused, and no certificate.
 */
public final class FirstOfficers {
  private static final String NAME = "first-officers.txt";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S.*)");

  private FirstOfficers() {}

  /**
   * Writes them, a line each: the hash in hexadecimal, two spaces, the name.
   *
   * @param names by the SHA-256 of the key's SubjectPublicKeyInfo
   */
  public static void write(Path trust, Map<Bytes, String> names) throws IOException {
    var lines = new TreeMap<String, String>();
    names.forEach((hash, name) -> lines.put(hash.toHex(), name));
    var text = new StringBuilder();
    lines.forEach((hash, name) -> text.append(hash).append("  ").append(name).append('\n'));
    Place.write(trust.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads their keys' hashes; none if there is no file.
   *
   * @throws IOException also if a line is none of ours
   */
  public static Set<Bytes> read(Path trust) throws IOException {
    return read(trust, NAME);
  }

  /** The same of another file of that form. */
  static Set<Bytes> read(Path trust, String name) throws IOException {
    Path file = trust.resolve(name);
    if (!Files.exists(file)) {
      return Set.of();
    }
    for (String line : Files.readAllLines(file)) {
      if (!LINE.matcher(line).matches()) {
        throw new IOException(file + ": a line is a SHA-256 in hexadecimal, two spaces, a name");
      }
    }
    return Files.readAllLines(file).stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> Bytes.of(HexFormat.of().parseHex(line.group(1))))
        .collect(Collectors.toUnmodifiableSet());
  }
}
