package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.storage.JdbcAnswerBook;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Signer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the tests of this package stand on: two authorities, a vault, a real database. */
final class StatusWorld {
  static final SerialNumber GOOD = SerialNumber.fromHex("7a01");
  static final SerialNumber REVOKED = SerialNumber.fromHex("7a02");
  static final SerialNumber HELD = SerialNumber.fromHex("7a03");
  static final SerialNumber UNSPECIFIED = SerialNumber.fromHex("7a04");

  static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));

  private int next;
  final Path folder = folder();
  final TestClock clock = new TestClock(SampleCertificate.NOW);
  final TestVault vault = new TestVault();
  final TestHierarchy hierarchy = new TestHierarchy(vault, SampleCertificate.NOW);
  final AuthorityCatalog catalog =
      new AuthorityCatalog(
          List.of(hierarchy.people.authority(), hierarchy.devices.authority()), Map.of());
  final TestDatabase database;
  final JdbcCertificateBook book;
  final JdbcCrlBook crls;
  final JdbcAnswerBook answers;

  /** How long changes of status took to be told of. */
  final List<Duration> told = new CopyOnWriteArrayList<>();

  StatusWorld(TestDatabase database) {
    this.database = database;
    this.book = new JdbcCertificateBook(database.database());
    this.crls = new JdbcCrlBook(database.database());
    this.answers = new JdbcAnswerBook(database.database());
  }

  /** Empties the database and stores one certificate of each status. */
  void furnish() {
    database.clear();
    Instant day = SampleCertificate.NOW.minus(Duration.ofDays(1));
    store(GOOD, new CertificateStatus.Good());
    store(REVOKED, new CertificateStatus.Revoked(day, RevocationReason.KEY_COMPROMISE));
    store(HELD, new CertificateStatus.OnHold(day));
    store(UNSPECIFIED, new CertificateStatus.Revoked(day, RevocationReason.UNSPECIFIED));
  }

  /** The authority {@code people} with such lists, and {@code devices} as usual. */
  AuthorityCatalog with(CrlSettings settings) {
    return new AuthorityCatalog(
        List.of(hierarchy.people.authority().with(settings), hierarchy.devices.authority()),
        Map.of());
  }

  AuthorityCatalog onlyPeople() {
    return new AuthorityCatalog(List.of(hierarchy.people.authority()), Map.of());
  }

  /** A list of the people's authority, read and verified by the JDK. */
  X509CRL read(CrlFile list) throws Exception {
    X509CRL crl =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(list.read().toArray()));
    crl.verify(hierarchy.people.pair().getPublic());
    return crl;
  }

  /** A certificate of that partition that is good. */
  SerialNumber issue(int partition, Instant notAfter) {
    SerialNumber serial =
        new SerialNumber(BigInteger.ONE.shiftLeft(100).add(BigInteger.valueOf(next++)));
    SampleCertificate.sample()
        .serial(serial.toHex())
        .encoded(hierarchy.leaf(hierarchy.people, serial, partition))
        .valid(SampleCertificate.NOW.minus(Duration.ofDays(400)), notAfter)
        .storedIn(database.database(), book);
    return serial;
  }

  private void store(SerialNumber serial, CertificateStatus status) {
    SampleCertificate.sample()
        .serial(serial.toHex())
        .status(status)
        .storedIn(database.database(), book);
  }

  void setStatus(SerialNumber serial, CertificateStatus status) {
    database
        .database()
        .inTransaction(
            t -> {
              book.lock(t, TestHierarchy.PEOPLE, serial);
              book.setStatus(t, TestHierarchy.PEOPLE, serial, status);
              return serial;
            });
  }

  void revoke(SerialNumber serial) {
    setStatus(
        serial,
        new CertificateStatus.Revoked(clock.instant(), RevocationReason.CESSATION_OF_OPERATION));
  }

  OcspResponder responder() {
    return service().responder();
  }

  /** OCSP on a node, with what it is usually told. */
  OcspService service() {
    return service(OcspSettings.usual());
  }

  OcspService service(OcspSettings settings) {
    return service(settings, vault, this::responderOf);
  }

  OcspService service(OcspSettings settings, Signer signer, ResponderCertificates responders) {
    return service(catalog, settings, signer, responders);
  }

  /** After {@code people} was terminated, which was at that time. */
  OcspService serviceWithout(Instant terminated) {
    var ended =
        new AuthorityCatalog(
            List.of(
                line(hierarchy.people.authority(), Optional.of(terminated)),
                line(hierarchy.devices.authority(), Optional.empty())),
            new AuthorityCatalog.Ceremonial(Map.of(), Map.of()),
            AuthorityCatalog.Rules.DEFAULT);
    return service(ended, OcspSettings.usual(), vault, this::responderOf);
  }

  private static AuthorityLine line(Authority authority, Optional<Instant> terminated) {
    return new AuthorityLine(
        authority.name(),
        PolicySet.DEFAULT,
        List.of(new Generation(1, authority, Instant.EPOCH, Optional.empty(), terminated)));
  }

  private OcspService service(
      AuthorityCatalog authorities,
      OcspSettings settings,
      Signer signer,
      ResponderCertificates responders) {
    return new OcspService(
        new OcspService.Surroundings(
            authorities,
            book,
            answers,
            database.database(),
            responders,
            signer,
            settings,
            told::add,
            clock,
            new Random(1)));
  }

  Optional<Bytes> responderOf(AuthorityName name) {
    return Optional.of(
        (name.equals(TestHierarchy.PEOPLE) ? hierarchy.people : hierarchy.devices).responder());
  }

  /** Lets a node sign all that is due. */
  static void signAll(OcspService node) throws Exception {
    node.look();
    node.signChanges();
    while (node.signSlots()) {
      // until nothing is due
    }
  }

  CrlIssuer issuer() {
    return issuer(catalog, crls);
  }

  CrlIssuer issuer(AuthorityCatalog authorities, CrlBook lists) {
    return new CrlIssuer(
        authorities,
        ADDRESSES,
        vault,
        new CrlIssuer.Records(
            database.database(),
            lists,
            new JdbcAuditTrail("test", clock, new SecureRandom()),
            folder.resolve("spool")));
  }

  CrlShelf shelf() {
    return shelf("shelf");
  }

  /** What a node has that keeps its copies in that folder. */
  CrlShelf shelf(String of) {
    try {
      return new CrlShelf(catalog, crls, folder.resolve(of), clock);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("status-world");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Bytes peopleCertificate() {
    return hierarchy.people.authority().certificate();
  }
}
