package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.status.CrlIssuer;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcAnswerBook;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A validation server that runs on a free port over a real PostgreSQL, with certificates of its own
 * to be asked about. Its clock starts at the real time, as the programs that ask it have no other.
 */
public final class ValidationWorld implements AutoCloseable {
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));

  private final EmbeddedPostgres postgres;
  private final Database database;
  private final JdbcCertificateBook book;
  private final TestVault vault = new TestVault();
  private final TestHierarchy hierarchy;
  private final CrlIssuer issuer;
  private final OcspService ocsp;
  private final BiFunction<Integer, Duration, ValidationServer> servers;
  private final ValidationServer server;
  private long nextSerial = 0x7a01;
  final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

  public ValidationWorld() throws IOException {
    this(CrlSettings.USUAL);
  }

  /** One whose authority {@code people} makes such lists. */
  ValidationWorld(CrlSettings settings) throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    database = Database.open(postgres.getPostgresDatabase());
    book = new JdbcCertificateBook(database);
    hierarchy = new TestHierarchy(vault, clock.instant());
    var crls = new JdbcCrlBook(database);
    var catalog =
        new AuthorityCatalog(
            List.of(hierarchy.people.authority().with(settings), hierarchy.devices.authority()),
            Map.of());
    AuditTrail audit = new JdbcAuditTrail("test", clock, new SecureRandom());
    Path lists = Files.createTempDirectory("lists");
    issuer =
        new CrlIssuer(
            catalog,
            ADDRESSES,
            vault,
            new CrlIssuer.Records(database, crls, audit, lists.resolve("spool")));
    ocsp =
        new OcspService(
            new OcspService.Surroundings(
                catalog,
                book,
                new JdbcAnswerBook(database),
                database,
                name ->
                    Optional.of(
                        name.equals(TestHierarchy.PEOPLE)
                            ? hierarchy.people.responder()
                            : hierarchy.devices.responder()),
                vault,
                OcspSettings.usual(),
                _ -> {},
                clock,
                new Random(1)));
    look();
    servers =
        (port, patience) ->
            new ValidationServer(
                ocsp.responder(),
                shelf(catalog, crls, lists.resolve("shelf")),
                catalog,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                clock,
                patience);
    server = another(0);
    server.start();
    issuer.refresh(clock.instant());
  }

  private CrlShelf shelf(AuthorityCatalog catalog, JdbcCrlBook crls, Path folder) {
    try {
      return new CrlShelf(catalog, crls, folder, clock);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public String base() {
    return "http://127.0.0.1:" + server.port();
  }

  /** A second server, not started. */
  ValidationServer another(int port) {
    return servers.apply(port, Duration.ofSeconds(30));
  }

  /** One more on a port of its own, not started, that soon ends a connection nobody uses. */
  ValidationServer impatient() {
    return servers.apply(0, Duration.ofMillis(300));
  }

  int port() {
    return server.port();
  }

  /** A new certificate of the authority {@code people}, good. */
  public X509Certificate issue() {
    SerialNumber serial = new SerialNumber(BigInteger.valueOf(nextSerial++));
    return issued(serial, hierarchy.leaf(hierarchy.people, serial));
  }

  /** The same, of that partition, with addresses of its lists. */
  X509Certificate issue(int partition) {
    SerialNumber serial = new SerialNumber(BigInteger.valueOf(nextSerial++));
    CrlName list = CrlName.of(TestHierarchy.PEOPLE, partition);
    return issued(
        serial,
        hierarchy.leaf(
            hierarchy.people, serial, ADDRESSES.crl(list), ADDRESSES.crl(list.asDelta())));
  }

  private X509Certificate issued(SerialNumber serial, Bytes leaf) {
    var stored =
        new StoredCertificate(
            TestHierarchy.PEOPLE,
            serial,
            leaf,
            new ProfileName("vpn-person"),
            1,
            Optional.empty(),
            Optional.empty(),
            "CN=Leaf",
            "",
            Optional.empty(),
            clock.instant().minus(Duration.ofDays(1)),
            clock.instant().plus(Duration.ofDays(300)),
            new CertificateStatus.Good(),
            nextSerial);
    Bytes hash = Bytes.of(ByteBuffer.allocate(32).putLong(nextSerial).array());
    database.inTransaction(t -> book.insert(t, stored, hash, hash));
    look();
    return read(leaf);
  }

  /** Revokes it for a compromised key, and makes the CRL. */
  public void revoke(X509Certificate certificate) {
    set(
        certificate,
        new CertificateStatus.Revoked(clock.instant(), RevocationReason.KEY_COMPROMISE));
  }

  /** Gives it that status, and makes the lists. */
  void set(X509Certificate certificate, CertificateStatus status) {
    SerialNumber serial = new SerialNumber(certificate.getSerialNumber());
    database.inTransaction(
        t -> {
          book.lock(t, TestHierarchy.PEOPLE, serial);
          book.setStatus(t, TestHierarchy.PEOPLE, serial, status);
          return serial;
        });
    makeLists();
    look();
    clock.pass(Duration.ofSeconds(1)); // the shelf looks once a second
  }

  /** What a node does all the time: signs ahead what is new, and takes it in. */
  void look() {
    try {
      ocsp.look();
      ocsp.signChanges();
    } catch (SigningUnavailable | SigningRefused away) {
      throw new IllegalStateException(away);
    }
  }

  TestVault vault() {
    return vault;
  }

  OcspService ocsp() {
    return ocsp;
  }

  void makeLists() {
    issuer.refresh(clock.instant());
  }

  /** The certificate of the authority {@code people}. */
  public X509Certificate authority() {
    return read(hierarchy.people.authority().certificate());
  }

  public X509Certificate root() {
    return read(hierarchy.root);
  }

  static X509Certificate read(Bytes encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    postgres.close();
  }
}
