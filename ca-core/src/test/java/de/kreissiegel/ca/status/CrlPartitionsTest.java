package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrlPartitionsTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Instant later = world.clock.instant().plus(Duration.ofDays(100));

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void listEachCertificateWhereItsDistributionPointSays() throws Exception {
    AuthorityCatalog three = world.with(partitions(3));
    refresh(three);
    SerialNumber second = world.issue(2, later);
    SerialNumber third = world.issue(3, later);
    world.revoke(second);
    world.revoke(third);

    refresh(three);

    assertThat(list(three, 1).getRevokedCertificates()).isNull();
    assertThat(list(three, 2).getRevokedCertificates())
        .singleElement()
        .matches(entry -> entry.getSerialNumber().equals(second.value()));
    assertThat(list(three, 3).getRevokedCertificates())
        .singleElement()
        .matches(entry -> entry.getSerialNumber().equals(third.value()));
  }

  @Test
  void nameTheirOwnAddressInACriticalExtension() throws Exception {
    AuthorityCatalog two = world.with(partitions(2));
    refresh(two);

    X509CRL list = list(two, 2);
    assertThat(list.getCriticalExtensionOIDs()).containsExactly("2.5.29.28");
    var point =
        IssuingDistributionPoint.getInstance(
            ASN1OctetString.getInstance(list.getExtensionValue("2.5.29.28")).getOctets());
    assertThat(point.getDistributionPoint().toString())
        .contains("http://pki.example:8080/crl/people-p2.crl");
    assertThat(point.onlyContainsUserCerts() || point.isIndirectCRL()).isFalse();
  }

  @Test
  void leaveTheListOfAnAuthorityWithoutPartitionsAsItWas() throws Exception {
    refresh(world.catalog);

    assertThat(list(world.catalog, 0).getCriticalExtensionOIDs()).isNullOrEmpty();
  }

  @Test
  void goOnTellingOfWhatWasIssuedBeforeAndAfterTheirNumberChanged() throws Exception {
    refresh(world.catalog);
    AuthorityCatalog four = world.with(partitions(4));
    refresh(four);
    SerialNumber fourth = world.issue(4, later);
    world.revoke(fourth);

    // Old certificates stay where they were, and that list no longer tells of all.
    refresh(four);
    assertThat(list(four, 0).getRevokedCertificate(StatusWorld.REVOKED.value())).isNotNull();
    world.clock.pass(Duration.ofHours(13));
    refresh(four);
    assertThat(list(four, 0).getCriticalExtensionOIDs()).containsExactly("2.5.29.28");

    AuthorityCatalog one = world.with(partitions(1));
    world.clock.pass(Duration.ofHours(13));
    refresh(one);
    assertThat(list(one, 4).getRevokedCertificate(fourth.value())).isNotNull();
    assertThat(list(one, 4).getThisUpdate().toInstant()).isEqualTo(world.clock.instant());
  }

  @Test
  void countUpEachByItself() throws Exception {
    AuthorityCatalog two = world.with(partitions(2));
    refresh(two);
    world.revoke(world.issue(2, later));
    assertThat(refresh(two)).containsExactly(CrlName.of(TestHierarchy.PEOPLE, 2));

    CrlShelf shelf = new CrlShelf(two, world.crls, world.folder.resolve("numbers"), world.clock);
    assertThat(shelf.current("people-p1")).map(CrlFile::number).contains(1L);
    assertThat(shelf.current("people-p2")).map(CrlFile::number).contains(2L);
  }

  @Test
  void keepTheExpiredWhereThatIsWantedAndSaySo() throws Exception {
    CrlSettings usual = CrlSettings.USUAL;
    AuthorityCatalog keeping =
        world.with(
            new CrlSettings(
                1, usual.divided(), usual.validity(), Optional.empty(), Duration.ZERO, true));
    SerialNumber expiring = world.issue(0, world.clock.instant().plus(Duration.ofHours(1)));
    world.revoke(expiring);
    refresh(keeping);
    world.clock.pass(Duration.ofDays(40));
    refresh(keeping);

    X509CRL list = list(keeping, 0);
    assertThat(list.getRevokedCertificate(expiring.value())).isNotNull();
    assertThat(list.getNonCriticalExtensionOIDs()).contains("2.5.29.60");
  }

  private static CrlSettings partitions(int count) {
    CrlSettings usual = CrlSettings.USUAL;
    return new CrlSettings(
        count, usual.divided(), usual.validity(), Optional.empty(), Duration.ZERO, usual.expired());
  }

  private List<CrlName> refresh(AuthorityCatalog catalog) {
    return world.issuer(catalog, world.crls).refresh(world.clock.instant());
  }

  private X509CRL list(AuthorityCatalog catalog, int partition) throws Exception {
    CrlShelf shelf = new CrlShelf(catalog, world.crls, world.folder.resolve("any"), world.clock);
    return world.read(shelf.current(CrlName.of(TestHierarchy.PEOPLE, partition)).orElseThrow());
  }
}
