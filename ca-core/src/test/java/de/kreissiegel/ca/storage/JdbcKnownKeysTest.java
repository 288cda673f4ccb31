package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.lint.KnownKeys.Listing;
import de.kreissiegel.ca.lint.KnownKeys.Moduli;
import de.kreissiegel.ca.lint.KnownKeys.Standing;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the house knows of keys keeps them out at every door. */
class JdbcKnownKeysTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final KeyPair KEY = SampleRequests.elliptic("secp256r1");
  private static final Bytes HASH = SubjectKey.hash(Bytes.of(KEY.getPublic().getEncoded()));

  private House house;
  private JdbcKnownKeys keys;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    keys = new JdbcKnownKeys(DATABASE.database(), house.clock);
  }

  private CertificateRequest applied() throws Refused {
    return house.desk.submit(
        House.staff(house.anna),
        House.application(house.anna, House.VPN, SampleRequests.of(KEY, "")));
  }

  @Test
  void knowsNothingOfANewKey() {
    assertThat(keys.standing(HASH, Optional.of("nobody"))).isEqualTo(Standing.UNKNOWN);
    assertThat(keys.moduliSince(0).moduli()).isEmpty();
  }

  @Test
  void refusesAListedKeyWhenItIsAppliedWith() {
    assertThat(list(Listing.COMPROMISED, "reported by its owner")).isTrue();
    assertThat(list(Listing.COMPONENT, "another word")).isFalse();
    assertThat(keys.standing(HASH, Optional.empty()).listed()).contains(Listing.COMPROMISED);
    Refused refused = Assertions.catchThrowableOfType(Refused.class, this::applied);
    assertThat(refused.reason()).isEqualTo(RefusalReason.KEY_IN_USE);
  }

  @Test
  void refusesAKeyThatIsListedWhileTheOfficersDecide() throws Exception {
    CertificateRequest request = applied();
    list(Listing.COMPROMISED, "found on a stick");
    CertificateRequest decided = house.approve(House.officer(house.otto, House.TOWN), request.id());
    assertThat(decided).isInstanceOf(CertificateRequest.Refused.class);
    assertThat(((CertificateRequest.Refused) decided).reason()).contains("keys.compromised");
  }

  @Test
  void saysThatAKeyIsCertifiedAndLaterRevoked() throws Exception {
    CertificateRequest request = applied();
    house.certificateOf(house.approve(House.officer(house.otto, House.TOWN), request.id()));
    Standing certified = keys.standing(HASH, Optional.of(house.anna.id().value()));
    assertThat(certified).isEqualTo(new Standing(true, false, Optional.empty(), false));
    DATABASE.execute(
        "update certificate set state = 'revoked', state_since = now(), revocation_reason = 1");
    assertThat(keys.standing(HASH, Optional.empty()).revoked()).isTrue();
  }

  @Test
  void issuesNothingToWhomACertificateIsHeld() throws Exception {
    CertificateRequest first = house.approved(house.anna, House.VPN);
    assertThat(first).isInstanceOf(CertificateRequest.Issued.class);
    DATABASE.execute("update certificate set state = 'hold', state_since = now()");
    CertificateRequest second = house.approved(house.anna, House.VPN);
    assertThat(((CertificateRequest.Refused) second).reason()).contains("house.holder-on-hold");
    // It is nobody else's affair, and over when the certificate is.
    assertThat(house.approved(house.olga, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);
    DATABASE.execute(
        "update certificate set not_after = ?",
        java.time.OffsetDateTime.parse("2020-01-01T00:00:00Z"));
    assertThat(house.approved(house.anna, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void givesEachModulusAtLeastOnce() throws Exception {
    KeyPair rsa = SampleRequests.rsa(3072);
    CertificateRequest request =
        house.desk.submit(
            House.staff(house.anna),
            House.application(house.anna, House.VPN, SampleRequests.of(rsa, "")));
    assertThat(house.approve(House.officer(house.otto, House.TOWN), request.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
    Moduli moduli = keys.moduliSince(0);
    assertThat(moduli.moduli()).containsExactly(((RSAPublicKey) rsa.getPublic()).getModulus());
    // Its transaction may have been seen late.
    assertThat(keys.moduliSince(moduli.position()).moduli()).hasSize(1);
    assertThat(keys.moduliSince(moduli.position() + 120_000).moduli()).isEmpty();
  }

  @Test
  void takesUpTheModuliOfOldCertificates() throws Exception {
    givesEachModulusAtLeastOnce();
    DATABASE.execute("delete from rsa_modulus");
    OneMigration.run(new V12_1__Moduli_of_stored_certificates(), DATABASE.source());
    assertThat(keys.moduliSince(0).moduli()).hasSize(1);
  }

  private boolean list(Listing listing, String note) {
    return DATABASE
        .database()
        .inTransaction(transaction -> keys.list(transaction, HASH, listing, note));
  }
}
