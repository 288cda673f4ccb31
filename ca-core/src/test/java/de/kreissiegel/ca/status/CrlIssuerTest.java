package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrlIssuerTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final CrlName PEOPLE = CrlName.of(TestHierarchy.PEOPLE);
  private static final CrlName DEVICES = CrlName.of(TestHierarchy.DEVICES);

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final CrlIssuer issuer = world.issuer();
  private final CrlShelf shelf = world.shelf();

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void listsRevokedAndHeldCertificatesWithTheirReasonsInOrder() throws Exception {
    refresh();

    X509CRL crl = people();
    assertThat(crl.getVersion()).isEqualTo(2);
    assertThat(crl.getIssuerX500Principal())
        .isEqualTo(certificate(world.peopleCertificate()).getSubjectX500Principal());
    assertThat(crl.getThisUpdate()).isEqualTo(Date.from(world.clock.instant()));
    assertThat(crl.getNextUpdate())
        .isEqualTo(Date.from(world.clock.instant().plus(Duration.ofHours(24))));
    assertThat(crl.getRevokedCertificates().stream().map(X509CRLEntry::getSerialNumber))
        .containsExactly(
            StatusWorld.REVOKED.value(), StatusWorld.HELD.value(), StatusWorld.UNSPECIFIED.value());
    assertThat(reason(crl, StatusWorld.REVOKED)).contains("KEY_COMPROMISE");
    assertThat(reason(crl, StatusWorld.HELD)).contains("CERTIFICATE_HOLD");
    assertThat(reason(crl, StatusWorld.UNSPECIFIED)).isEmpty();
    assertThat(crl.getRevokedCertificate(StatusWorld.REVOKED.value()).getRevocationDate())
        .isEqualTo(Date.from(SampleCertificate.NOW.minus(Duration.ofDays(1))));
  }

  @Test
  void namesTheAuthoritysKeyAndItsNumberInExtensionsThatAreNotCritical() throws Exception {
    refresh();

    X509CRL crl = people();
    byte[] own = certificate(world.peopleCertificate()).getExtensionValue("2.5.29.14");
    byte[] key = octets(ASN1OctetString.getInstance(own).getOctets());
    assertThat(crl.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.35", "2.5.29.20");
    assertThat(crl.getCriticalExtensionOIDs()).isNullOrEmpty();
    // AuthorityKeyIdentifier ::= SEQUENCE { [0] keyIdentifier }
    byte[] named = octets(crl.getExtensionValue("2.5.29.35"));
    assertThat(Arrays.copyOfRange(named, 4, named.length)).isEqualTo(key);
    assertThat(number(crl)).isEqualTo(shelf.current(PEOPLE).orElseThrow().number());
  }

  @Test
  void hasNoListOfEntriesWhenNothingIsRevoked() throws Exception {
    refresh();

    assertThat(read(DEVICES, world.hierarchy.devices).getRevokedCertificates()).isNull();
  }

  @Test
  void makesANewListWhenAStatusHasChangedAndOnlyThen() throws Exception {
    assertThat(refresh()).containsExactlyInAnyOrder(PEOPLE, DEVICES);
    long first = number(people());
    assertThat(refresh()).isEmpty();

    world.revoke(StatusWorld.GOOD);

    assertThat(refresh()).containsExactly(PEOPLE);
    pass(Duration.ofSeconds(1));
    assertThat(people().getRevokedCertificate(StatusWorld.GOOD.value())).isNotNull();
    assertThat(number(people())).isEqualTo(first + 1);
  }

  @Test
  void makesANewListWhenHalfOfItsTimeIsOver() {
    refresh();
    pass(Duration.ofHours(12).minusSeconds(1));
    assertThat(refresh()).isEmpty();

    pass(Duration.ofSeconds(1));

    assertThat(refresh()).containsExactlyInAnyOrder(PEOPLE, DEVICES);
  }

  @Test
  void takesAReleasedCertificateOff() throws Exception {
    refresh();
    assertThat(people().getRevokedCertificate(StatusWorld.HELD.value())).isNotNull();

    world.setStatus(StatusWorld.HELD, new CertificateStatus.Good());
    pass(Duration.ofSeconds(1));
    refresh();

    assertThat(people().getRevokedCertificate(StatusWorld.HELD.value())).isNull();
  }

  @Test
  void keepsAnExpiredCertificateUntilAListAfterItsEndHasToldOfIt() throws Exception {
    SerialNumber expiring = SerialNumber.fromHex("7b01");
    Instant end = world.clock.instant().plus(Duration.ofHours(1));
    SampleCertificate.sample()
        .serial(expiring.toHex())
        .valid(SampleCertificate.NOW.minus(Duration.ofDays(9)), end)
        .status(new CertificateStatus.Revoked(SampleCertificate.NOW, RevocationReason.SUPERSEDED))
        .storedIn(DATABASE.database(), world.book);
    refresh();

    pass(Duration.ofDays(3)); // nobody made a list meanwhile
    refresh();
    assertThat(people().getRevokedCertificate(expiring.value())).isNotNull();

    pass(Duration.ofDays(1).plusSeconds(1));
    refresh();
    assertThat(people().getRevokedCertificate(expiring.value())).isNull();
  }

  @Test
  void givesNumbersOnceWhenManyNodesRefreshAtTheSameTime() throws Exception {
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 3; round++) {
        pass(Duration.ofHours(13));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
          CrlIssuer one = world.issuer();
          calls.add(() -> one.refresh(world.clock.instant()).size());
        }
        int made = 0;
        for (var call : nodes.invokeAll(calls)) {
          made += call.get();
        }
        assertThat(made).as("lists made in round %d", round).isEqualTo(2);
      }
    }
    assertThat(world.vault.signatures).hasValue(6);
  }

  @Test
  void growsItsNumbersThoughTheClockWentBack() throws Exception {
    refresh();
    long before = number(people());
    pass(Duration.ofDays(-1));
    world.revoke(StatusWorld.GOOD);
    refresh();

    assertThat(number(crl(world.shelf("another").current(PEOPLE).orElseThrow().read())))
        .isEqualTo(before + 1);
  }

  @Test
  void servesTheOldListWhileTheVaultIsDownAndMakesTheNewOneAfterwards() throws Exception {
    refresh();
    long old = number(people());
    world.revoke(StatusWorld.GOOD);
    world.vault.down = true;
    pass(Duration.ofHours(13));

    assertThat(refresh()).isEmpty();
    assertThat(number(people())).isEqualTo(old);

    world.vault.down = false;
    assertThat(refresh()).hasSize(2);
    pass(Duration.ofSeconds(1));
    assertThat(people().getRevokedCertificate(StatusWorld.GOOD.value())).isNotNull();
  }

  @Test
  void writesEachListIntoTheAuditTrail() {
    refresh();

    long number = shelf.current(PEOPLE).orElseThrow().number();
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'crl.issued' and object = ?",
                "crl:people/" + number))
        .isEqualTo(1);
  }

  private List<CrlName> refresh() {
    return issuer.refresh(world.clock.instant());
  }

  private void pass(Duration time) {
    world.clock.pass(time);
  }

  private X509CRL people() throws Exception {
    return read(PEOPLE, world.hierarchy.people);
  }

  /** The newest list, read and verified by the JDK. */
  private X509CRL read(CrlName name, TestHierarchy.Node authority) throws Exception {
    X509CRL crl = crl(shelf.current(name).orElseThrow().read());
    crl.verify(authority.pair().getPublic());
    return crl;
  }

  private static X509CRL crl(Bytes encoded) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(encoded.toArray()));
  }

  private static X509Certificate certificate(Bytes encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
  }

  private static Optional<String> reason(X509CRL crl, SerialNumber serial) {
    return Optional.ofNullable(crl.getRevokedCertificate(serial.value()).getRevocationReason())
        .map(Enum::name);
  }

  private static byte[] octets(byte[] extension) {
    return ASN1OctetString.getInstance(extension).getOctets();
  }

  private static long number(X509CRL crl) throws Exception {
    BigInteger value =
        ASN1Integer.getInstance(
                ASN1Primitive.fromByteArray(octets(crl.getExtensionValue("2.5.29.20"))))
            .getValue();
    return value.longValueExact();
  }
}
