package de.kreissiegel.ca.madekey;

import static de.kreissiegel.ca.issuance.House.TOWN;
import static de.kreissiegel.ca.recovery.EscrowHouse.SMIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.recovery.EscrowHouse;
import de.kreissiegel.ca.recovery.RecoveryWish;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A key that the server made goes out once, to who applied and knows its password. */
@ResourceLock(VaultedHouse.SHARED)
class MadeKeyDeskTest {
  private static final EscrowHouse HOUSE = new EscrowHouse();

  private Subject anna;
  private MadeKeyDesk.Made made;
  private StoredCertificate certificate;

  @BeforeEach
  void annaHasACertificateOfSuchAKey() throws Exception {
    HOUSE.decide();
    anna = HOUSE.person("Anna Amsel");
    made = HOUSE.madeKeys.make(House.staff(anna), TOWN, SMIME);
    var request =
        HOUSE.house.desk.submit(
            House.staff(anna), House.application(anna, SMIME, made.certificationRequest()));
    certificate = HOUSE.house.certificateOf(HOUSE.vaulted.approve(HOUSE.otto, request.id()));
  }

  private Bytes collect(Subject who, String password) throws Refused {
    return HOUSE.madeKeys.collect(
        House.staff(who), certificate.authority(), certificate.serial(), password);
  }

  @Test
  void givesTheFileOutOnceUnderThePasswordThatWasShown() throws Exception {
    assertThat(HOUSE.madeKeys.waiting(House.staff(anna))).hasSize(1);
    Bytes file = collect(anna, " " + made.password().toUpperCase() + "\n");

    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file.toArray()), made.password().toCharArray());
    String alias = Collections.list(store.aliases()).getFirst();
    assertThat(store.getKey(alias, made.password().toCharArray())).isNotNull();
    assertThat(((X509Certificate) store.getCertificate(alias)).getEncoded())
        .isEqualTo(certificate.encoded().toArray());
    assertThat(HOUSE.madeKeys.waiting(House.staff(anna))).isEmpty();
    refuses(RefusalReason.NOT_FOUND, () -> collect(anna, made.password()));
    assertThat(HOUSE.desk.own(House.staff(anna))).hasSize(1);
    assertThat(made.toString()).doesNotContain(made.password());
  }

  @Test
  void givesItToNobodyElseAndDestroysItAfterFiveWrongPasswords() {
    refuses(RefusalReason.NOT_FOUND, () -> collect(HOUSE.person("Erna Else"), made.password()));
    for (int i = 0; i < 4; i++) {
      refuses(RefusalReason.WRONG_CODE, () -> collect(anna, "k7f2m-k7f2m-k7f2m-k7f2m-k7f2m"));
    }
    refuses(RefusalReason.NOT_FOUND, () -> collect(anna, ""));
    refuses(RefusalReason.NOT_FOUND, () -> collect(anna, made.password()));
  }

  @Test
  void makesNoKeyThatSignsAndNoneWhereNobodyDecided() {
    for (String profile : new String[] {"signature", "mail-signature", "authentication"}) {
      assertThat(HOUSE.madeKeys.offers(TOWN, new ProfileName(profile))).isFalse();
      refuses(
          RefusalReason.ESCROW_OFF,
          () -> HOUSE.madeKeys.make(House.staff(anna), TOWN, new ProfileName(profile)));
    }
    refuses(
        RefusalReason.ESCROW_OFF,
        () -> HOUSE.madeKeys.make(House.staff(anna), House.VILLAGE, SMIME));
  }

  @Test
  void isRecoveredFromEscrowWhereThePasswordWasLost() throws Exception {
    var recovery =
        HOUSE.recovery.request(
            House.staff(anna), new RecoveryWish(anna.id(), TOWN, "Kennwort verloren", ""));
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    assertThat(HOUSE.recovery.release(HOUSE.otto, recovery.id()).recovery().offer().damaged())
        .isZero();
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    Refused refused = catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
  }
}
