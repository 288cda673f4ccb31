package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code index.txt} of {@code openssl ca}: a line a certificate, with tabs between status (V, R or
 * E), end, time and reason of revocation, serial number, file and subject.
 */
final class OpensslIndex {
  private static final int FIELDS = 6;
  private static final int SHORT_TIME = 13;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);

  private OpensslIndex() {}

  /**
   * What it says.
   *
   * @return the status of each serial number; unreadable lines are remarked
   */
  static Map<BigInteger, CertificateStatus> read(Path file, Remarks remarks) throws IOException {
    var statuses = new HashMap<BigInteger, CertificateStatus>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines.filter(line -> !line.isBlank()).forEach(line -> line(line, statuses, remarks));
    }
    return statuses;
  }

  private static void line(
      String line, Map<BigInteger, CertificateStatus> statuses, Remarks remarks) {
    try {
      String[] fields = line.split("\t", -1);
      if (fields.length < FIELDS) {
        throw new IllegalArgumentException("too few fields");
      }
      var serial = new BigInteger(fields[3], 16);
      switch (fields[0]) {
        case "V", "E" -> statuses.put(serial, new CertificateStatus.Good());
        case "R" -> statuses.put(serial, revoked(fields[2]));
        default -> throw new IllegalArgumentException("no such status");
      }
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      remarks.add(Remark.INDEX_LINE, line);
    }
  }

  /** {@code 261129120000Z,keyCompromise}, or with more behind a second comma. */
  private static CertificateStatus revoked(String field) {
    String[] parts = field.split(",", -1);
    Instant since = time(parts[0]);
    String word = parts.length > 1 ? parts[1] : "unspecified";
    return switch (word) {
      case "certificateHold", "holdInstruction" -> new CertificateStatus.OnHold(since);
      case "keyTime" ->
          new CertificateStatus.Revoked(since, RevocationReason.KEY_COMPROMISE, later(parts));
      case "CAkeyTime" ->
          new CertificateStatus.Revoked(since, RevocationReason.CA_COMPROMISE, later(parts));
      case "CACompromise" -> new CertificateStatus.Revoked(since, RevocationReason.CA_COMPROMISE);
      default -> new CertificateStatus.Revoked(since, RevocationReason.ofName(word));
    };
  }

  private static Optional<Instant> later(String[] parts) {
    return parts.length > 2 ? Optional.of(time(parts[2])) : Optional.empty();
  }

  private static Instant time(String text) {
    String whole = text.length() == SHORT_TIME ? (text.charAt(0) < '5' ? "20" : "19") + text : text;
    return LocalDateTime.parse(whole, TIME).toInstant(ZoneOffset.UTC);
  }
}
