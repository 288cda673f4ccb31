package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcAnswerBook;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Fills a database with certificates as issuing leaves them, and has an answer signed for each. */
final class LoadDatabase {
  private static final long SEED = 20261129;

  private LoadDatabase() {}

  /**
   * Stores certificates of the authority {@code people}, each good, with random serial numbers.
   *
   * @param serials where the serial numbers go, 16 octets each, for whoever asks
   */
  static void fill(DataSource source, TestHierarchy hierarchy, int count, Path serials)
      throws Exception {
    Database.open(source);
    Random random = new Random(SEED);
    byte[] leaf =
        hierarchy.leaf(hierarchy.people, new SerialNumber(BigInteger.ONE.shiftLeft(126))).toArray();
    int at = indexOf(leaf, BigInteger.ONE.shiftLeft(126).toByteArray());
    try (Connection connection = source.getConnection();
        OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(serials))) {
      Iterator<ByteArrayInputStream> rows =
          IntStream.range(0, count)
              .mapToObj(i -> new ByteArrayInputStream(row(leaf, at, random, out, i)))
              .iterator();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              """
              copy certificate (authority, serial, encoded, profile, tenant, subject_id,
                subject_name, alternative_names, request_id, public_key_hash, not_before,
                not_after, state, journal_index, journal_hash) from stdin""",
              new SequenceInputStream(enumerate(rows)));
    }
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      // The slots cover all of them; what is new one by one would be signed in small batches.
      statement.execute("truncate ocsp_due");
      statement.execute("analyze certificate");
    }
  }

  /** Stores the certificate of the responder of {@code people}, as its renewal leaves it. */
  static void store(DataSource source, SerialNumber serial, Bytes responder) throws Exception {
    try (Connection connection = source.getConnection();
        var statement =
            connection.prepareStatement(
                """
                insert into certificate (authority, serial, encoded, profile, subject_name,
                  alternative_names, public_key_hash, not_before, not_after, state, journal_index,
                  journal_hash)
                values ('people', ?, ?, 'ocsp-responder-people', 'CN=DEMO OCSP people', '', ?,
                  now() - interval '1 hour', now() + interval '30 days', 'good', 0, ?)""")) {
      statement.setString(1, serial.toHex());
      statement.setBytes(2, responder.toArray());
      statement.setBytes(3, responder.sha256().toArray());
      statement.setBytes(4, new byte[32]);
      statement.executeUpdate();
    }
  }

  private static java.util.Enumeration<ByteArrayInputStream> enumerate(
      Iterator<ByteArrayInputStream> rows) {
    return new java.util.Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return rows.hasNext();
      }

      @Override
      public ByteArrayInputStream nextElement() {
        return rows.next();
      }
    };
  }

  private static byte[] row(byte[] leaf, int at, Random random, OutputStream out, int i) {
    byte[] serial = new byte[16];
    random.nextBytes(serial);
    serial[0] = (byte) (serial[0] & 0x3f | 0x40);
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    System.arraycopy(serial, 0, leaf, at, serial.length);
    Instant from = Instant.now().minus(Duration.ofDays(1));
    try {
      out.write(serial);
    } catch (java.io.IOException full) {
      throw new java.io.UncheckedIOException(full);
    }
    HexFormat hex = HexFormat.of();
    return String.join(
            "\t",
            "people",
            hex.formatHex(serial),
            "\\\\x" + hex.formatHex(leaf),
            "vpn-person",
            "stadt-hassfurt.example",
            "person-" + i,
            "CN=Person " + i + ",O=Stadt Haßfurt,C=DE",
            "mail:person-" + i + "@stadt-hassfurt.example",
            new java.util.UUID(random.nextLong(), random.nextLong()).toString(),
            "\\\\x" + hex.formatHex(hash),
            from.toString(),
            from.plus(Duration.ofDays(365)).toString(),
            "good",
            Integer.toString(i),
            "\\\\x" + hex.formatHex(hash) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] octets, byte[] part) {
    for (int i = 0; i + part.length <= octets.length; i++) {
      if (java.util.Arrays.equals(octets, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalStateException("no serial number in the certificate");
  }

  /** Signs ahead for all of them, as a node with a signer does. */
  static void sign(
      DataSource source, AuthorityCatalog catalog, TestHierarchy hierarchy, TestVault vault)
      throws Exception {
    Database database = Database.unchanged(source);
    try (OcspService node =
        new OcspService(
            new OcspService.Surroundings(
                catalog,
                new JdbcCertificateBook(database),
                new JdbcAnswerBook(database),
                database,
                _ -> Optional.of(hierarchy.people.responder()),
                new LoadVault(vault),
                OcspSettings.usual(),
                _ -> {},
                Clock.systemUTC(),
                new Random(SEED)))) {
      while (node.signSlots()) {
        // until none is due
      }
    }
  }

  static AuthorityCatalog catalog(TestHierarchy hierarchy) {
    return new AuthorityCatalog(List.of(hierarchy.people.authority()), Map.of());
  }
}
