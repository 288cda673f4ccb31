package de.kreissiegel.ldap.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.DN;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.DirectoryMapping;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a bookmark says, in five lines of text. A bookmark that was written under another mapping,
 * or that can't be read, is as good as none: then everything is read again.
 *
 * @param kind who wrote it
 * @param mapping digest of the mapping and the base that held
 * @param compared when everything was read last
 * @param mark how far, in the words of the server
 */
record Progress(SourceKind kind, String mapping, Instant compared, Bytes mark) {
  private static final String HEAD = "kreissiegel directory 1";
  private static final int LINES = 5;

  Bookmark bookmark() {
    String text =
        String.join(
            "\n",
            HEAD,
            kind.configName(),
            mapping,
            compared.toString(),
            Base64.getEncoder().encodeToString(mark.toArray()));
    return new Bookmark(Bytes.of(text.getBytes(UTF_8)));
  }

  static Optional<Progress> read(Bookmark bookmark) {
    List<String> lines =
        List.of(new String(bookmark.value().toArray(), UTF_8).split("\n", LINES + 1));
    if (lines.size() != LINES || !lines.getFirst().equals(HEAD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Progress(
              SourceKind.of(lines.get(1)),
              lines.get(2),
              Instant.parse(lines.get(3)),
              Bytes.of(Base64.getDecoder().decode(lines.get(4)))));
    } catch (IllegalArgumentException | DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether it can be gone on from. */
  boolean fits(SourceKind source, String digest) {
    return kind == source && mapping.equals(digest);
  }

  /** The same, read further. */
  Progress at(Bytes further) {
    return new Progress(kind, mapping, compared, further);
  }

  static String digest(DN base, DirectoryMapping mapping) {
    return digest(base.toNormalizedString() + "\n" + mapping).toHex();
  }

  /** SHA-256 of a text. */
  static Bytes digest(String text) {
    return Bytes.of(text.getBytes(UTF_8)).sha256();
  }
}
