package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.anyHash;
import static de.kreissiegel.ca.inventory.SampleCertificate.keyHash;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.inventory.CertificateBook.RevokedEntry;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcCertificateBookTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final CertificateStatus GOOD = new CertificateStatus.Good();
  private static final CertificateStatus HELD = new CertificateStatus.OnHold(NOW);
  private static final CertificateStatus REVOKED =
      new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE);

  private final JdbcCertificateBook book = new JdbcCertificateBook(DATABASE.database());

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Test
  void givesBackWhatWasStored() {
    StoredCertificate ofAPerson = sample().storedIn(DATABASE.database(), book);
    StoredCertificate ofTheSystem =
        sample().ofSystem("tls-server").status(REVOKED).storedIn(DATABASE.database(), book);

    assertThat(book.find(ofAPerson.authority(), ofAPerson.serial())).contains(ofAPerson);
    assertThat(book.find(ofTheSystem.authority(), ofTheSystem.serial())).contains(ofTheSystem);
    assertThat(book.find(PEOPLE, sample().serial("1").build().serial())).isEmpty();
  }

  @Test
  void storesACertificateOnceAndChangesNothingTheSecondTime() {
    StoredCertificate first = sample().storedIn(DATABASE.database(), book);
    StoredCertificate again =
        sample().serial(first.serial().toHex()).names("CN=Somebody else", "").build();

    boolean added =
        DATABASE.database().inTransaction(tx -> book.insert(tx, again, keyHash(again), anyHash()));

    assertThat(added).isFalse();
    assertThat(book.find(PEOPLE, first.serial())).contains(first);
  }

  @Test
  void criesOutAtASecondCertificateForTheSameRequest() {
    var request = new RequestId(UUID.randomUUID());
    sample().request(request).storedIn(DATABASE.database(), book);

    assertThatThrownBy(() -> sample().request(request).storedIn(DATABASE.database(), book))
        .hasMessageContaining("certificate_request");
  }

  @Test
  void seesItsOwnChangesWithinATransaction() {
    StoredCertificate certificate = sample().build();

    boolean seen =
        DATABASE
            .database()
            .inTransaction(
                tx -> {
                  book.insert(tx, certificate, keyHash(certificate), anyHash());
                  return book.lock(tx, PEOPLE, certificate.serial()).isPresent();
                });

    assertThat(seen).isTrue();
  }

  @Test
  void raisesTheStatusVersionOfTheAuthorityWithEachChangeOfStatus() {
    StoredCertificate certificate = sample().storedIn(DATABASE.database(), book);
    sample().authority("devices").storedIn(DATABASE.database(), book);
    assertThat(book.statusVersion(PEOPLE)).isZero();

    set(certificate, HELD);
    assertThat(book.statusVersion(PEOPLE)).isEqualTo(1);
    set(certificate, GOOD);
    assertThat(book.statusVersion(PEOPLE)).isEqualTo(2);
    sample().status(REVOKED).storedIn(DATABASE.database(), book);
    assertThat(book.statusVersion(PEOPLE)).isEqualTo(3);
    assertThat(book.statusVersion(sample().authority("devices").build().authority())).isZero();
    assertThat(book.find(PEOPLE, certificate.serial()).orElseThrow().status()).isEqualTo(GOOD);
  }

  @Test
  void refusesToChangeACertificateThatIsNotThere() {
    assertThatThrownBy(() -> set(sample().build(), REVOKED))
        .isInstanceOf(IllegalStateException.class);
    assertThat(book.statusVersion(PEOPLE)).isZero();
  }

  @Test
  void knowsTheKeysOfItsCertificates() {
    StoredCertificate certificate = sample().storedIn(DATABASE.database(), book);

    assertThat(book.keyInUse(keyHash(certificate))).isTrue();
    assertThat(book.keyInUse(Bytes.of(new byte[32]))).isFalse();
  }

  @Test
  void listsTheCertificatesOfSubjectsNewestFirst() {
    StoredCertificate older =
        sample().valid(NOW.minus(Duration.ofDays(2)), NOW).storedIn(DATABASE.database(), book);
    StoredCertificate newer = sample().storedIn(DATABASE.database(), book);
    StoredCertificate mailbox =
        sample()
            .subject("mailbox")
            .valid(NOW.minus(Duration.ofDays(1)), NOW)
            .storedIn(DATABASE.database(), book);
    sample().subject("somebody else").storedIn(DATABASE.database(), book);

    assertThat(book.ofSubjects(List.of(new SubjectId("erika"), new SubjectId("mailbox"))))
        .containsExactly(newer, mailbox, older);
    assertThat(book.ofSubjects(List.of())).isEmpty();
  }

  @Test
  void findsTheSystemsOwnThatAreGoodAndValid() {
    StoredCertificate valid = sample().ofSystem("tls-server").storedIn(DATABASE.database(), book);
    sample().ofSystem("tls-server").status(REVOKED).storedIn(DATABASE.database(), book);
    sample().ofSystem("ocsp").storedIn(DATABASE.database(), book);
    sample().profile("tls-server").tenant(EBERN).storedIn(DATABASE.database(), book);

    assertThat(book.ofSystem("tls-server", NOW)).containsExactly(valid);
    assertThat(book.ofSystem("tls-server", valid.notAfter())).containsExactly(valid);
    assertThat(book.ofSystem("tls-server", valid.notAfter().plusSeconds(1))).isEmpty();
    assertThat(book.ofSystem("tls-server", valid.notBefore().minusSeconds(1))).isEmpty();
  }

  @Test
  void listsForACrlWhatIsRevokedOrHeldInTheOrderOfNumbers() {
    for (String serial : List.of("ff", "100", "1a", "9", "ab")) {
      sample().serial(serial).status(REVOKED).storedIn(DATABASE.database(), book);
    }
    sample().serial("2").status(HELD).storedIn(DATABASE.database(), book);
    sample().serial("3").storedIn(DATABASE.database(), book);
    sample().serial("4").authority("devices").status(REVOKED).storedIn(DATABASE.database(), book);
    sample()
        .serial("5")
        .status(REVOKED)
        .valid(NOW.minusSeconds(9), NOW.minusSeconds(1))
        .storedIn(DATABASE.database(), book);

    var listed = new ArrayList<RevokedEntry>();
    book.eachRevoked(PEOPLE, NOW, listed::add);

    assertThat(listed)
        .extracting(entry -> entry.serial().toHex())
        .containsExactly("2", "9", "1a", "ab", "ff", "100");
    assertThat(listed).extracting(RevokedEntry::status).contains(HELD, REVOKED);
  }

  @Test
  void readsALongCrlInPortions() {
    DATABASE.execute(
        """
        insert into certificate (authority, serial, encoded, profile, subject_name,
            alternative_names, public_key_hash, not_before, not_after, state, state_since,
            revocation_reason, journal_index, journal_hash)
        select 'people', to_hex(n), '', 'vpn-person', '', '', '', now(), '2099-01-01', 'revoked',
            now(), 1, n, '' from generate_series(1, 5000) n
        """);

    var count = new int[1];
    book.eachRevoked(PEOPLE, NOW, _ -> count[0]++);

    assertThat(count[0]).isEqualTo(5000);
  }

  private void set(StoredCertificate certificate, CertificateStatus status) {
    DATABASE
        .database()
        .inTransaction(
            tx -> {
              book.lock(tx, certificate.authority(), certificate.serial());
              book.setStatus(tx, certificate.authority(), certificate.serial(), status);
              return null;
            });
  }
}
