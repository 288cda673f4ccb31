package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationReplay;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.house.BareHouse;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that was put back from a backup of before a revocation, under a vault that has signed
 * the list which told of it.
 */
class RestoredDatabaseTest {
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final Actor OPERATOR = new Actor.Component("test");
  private static final String BACKUP = "backup";

  @TempDir private Path folder;
  private BareHouse house;
  private SerialNumber revoked;
  private Bytes published;

  @BeforeEach
  void publishAfterTheBackup() throws Exception {
    house = new BareHouse(folder);
    house.open("house", "node").close();
    revoked =
        house
            .books("house")
            .certificates()
            .ofSystem("ocsp-responder-people", house.clock().instant())
            .getFirst()
            .serial();
    house.execute("create database backup template house");
    house.clock().forward(Duration.ofMinutes(1));
    try (CertificationAuthority authority = house.open("house", "node")) {
      authority
          .revocation()
          .revoke(OPERATOR, PEOPLE, revoked, Revocation.of(RevocationReason.SUPERSEDED, "test"));
    }
    house.clock().forward(Duration.ofMinutes(1));
    published = newestList("house", "node");
    assertThat(list(published).getRevokedCertificate(revoked.value())).isNotNull();
    assertThat(isRevokedInBackup()).isFalse();
    house.clock().forward(Duration.ofMinutes(1));
  }

  @AfterEach
  void end() throws Exception {
    house.close();
  }

  @Test
  void getsItsRevocationsBackFromTheListsOnTheDisk() throws Exception {
    X509CRL next = list(newestList(BACKUP, "node"));

    assertThat(isRevokedInBackup()).isTrue();
    assertThat(next.getRevokedCertificate(revoked.value())).isNotNull();
    assertThat(next.getThisUpdate()).isAfter(list(published).getThisUpdate());
  }

  @Test
  void isNotStartedOnWhereNobodyKnowsWhatItLacks() throws Exception {
    assertThatThrownBy(() -> house.open(BACKUP, "another-node"))
        .isInstanceOf(ListsMissing.class)
        .hasMessageContaining("list 2 of people")
        .hasMessageContaining("revocations replay");
    assertThat(isRevokedInBackup()).as("nothing was made up").isFalse();
  }

  @Test
  void isStartedOnAfterAReplayOfWhatWasPublished() throws Exception {
    assertThatThrownBy(() -> house.open(BACKUP, "another-node")).isInstanceOf(ListsMissing.class);
    Books books = house.books(BACKUP);

    var outcome =
        new RevocationReplay(books.ofRevocation(), books.crls(), house.authorities())
            .list(published);

    assertThat(outcome.applied()).isOne();
    assertThat(outcome.found()).isOne();
    assertThat(list(newestList(BACKUP, "another-node")).getRevokedCertificate(revoked.value()))
        .isNotNull();
  }

  private Bytes newestList(String database, String node) throws Exception {
    try (CertificationAuthority authority = house.open(database, node)) {
      return authority.crls().current(CrlName.of(PEOPLE)).orElseThrow().read();
    }
  }

  private boolean isRevokedInBackup() {
    return house.books(BACKUP).certificates().find(PEOPLE, revoked).orElseThrow().status()
        instanceof CertificateStatus.Revoked;
  }

  private static X509CRL list(Bytes octets) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(octets.toArray()));
  }
}
