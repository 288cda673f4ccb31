package de.kreissiegel.ca.escrow;

import static de.kreissiegel.ca.issuance.House.TOWN;
import static de.kreissiegel.ca.recovery.EscrowHouse.SMIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.recovery.EscrowHouse;
import de.kreissiegel.ca.recovery.RecoveryWish;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Nothing is kept before a tenant has decided, and nothing but keys of encryption ever. */
@ResourceLock(VaultedHouse.SHARED)
class EscrowDeskTest {
  private static final EscrowHouse HOUSE = new EscrowHouse();

  private final KeyPair pair = SampleRequests.elliptic("secp256r1");
  private Subject anna;

  @BeforeEach
  void nothingIsDecided() throws Refused {
    anna = HOUSE.person("Anna Amsel");
    for (Decision one : HOUSE.desk.decisions(HOUSE.otto)) {
      if (!(one instanceof Decision.Ended)) {
        HOUSE.desk.end(HOUSE.otto, one.id(), "for the test");
      }
    }
  }

  private static DecisionProposal proposal(Set<ProfileName> profiles) {
    return new DecisionProposal(TOWN, profiles, "Beschluss des Stadtrats 12/26", 2, 10);
  }

  private Deposit deposit(ProfileName profile) {
    return SampleCopies.of(pair, TOWN, profile, HOUSE.vault.key().orElseThrow());
  }

  private void leavesNothing(RefusalReason reason, Deposit deposit) {
    refuses(reason, () -> HOUSE.desk.deposit(House.staff(anna), deposit));
    assertThat(copies()).isZero();
  }

  private long copies() {
    return HOUSE.vaulted.database.number(
        "select count(*) from escrow_copy where key_hash = '\\x%s'".formatted(hash().toHex()));
  }

  private Bytes hash() {
    return SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded()));
  }

  @Test
  void isOffUntilTwoPeopleHaveDecided() throws Refused {
    leavesNothing(RefusalReason.ESCROW_OFF, deposit(SMIME));
    Decision proposed = HOUSE.desk.propose(HOUSE.otto, proposal(Set.of(SMIME)));
    leavesNothing(RefusalReason.ESCROW_OFF, deposit(SMIME));
    refuses(RefusalReason.SAME_OFFICER, () -> HOUSE.desk.consent(HOUSE.otto, proposed.id()));
    assertThat(HOUSE.desk.keyFor(TOWN, SMIME)).isEmpty();

    HOUSE.desk.consent(HOUSE.olga, proposed.id());

    assertThat(HOUSE.desk.keyFor(TOWN, SMIME)).isEqualTo(HOUSE.vault.key());
    HOUSE.desk.deposit(House.staff(anna), deposit(SMIME));
    assertThat(copies()).isOne();
    refuses(RefusalReason.KEY_IN_USE, () -> HOUSE.desk.deposit(House.staff(anna), deposit(SMIME)));
    HOUSE.desk.end(HOUSE.olga, proposed.id(), "nicht mehr nötig");
    assertThat(HOUSE.desk.keyFor(TOWN, SMIME)).isEmpty();
    assertThat(copies()).isOne();
  }

  @Test
  void keepsNoKeyThatSignsOrProvesWhoSomebodyIs() throws Refused {
    HOUSE.decide();
    for (String profile : Set.of("signature", "mail-signature", "authentication", "vpn-client")) {
      refuses(
          RefusalReason.ESCROW_OFF,
          () -> HOUSE.desk.propose(HOUSE.otto, proposal(Set.of(new ProfileName(profile)))));
      leavesNothing(RefusalReason.ESCROW_OFF, deposit(new ProfileName(profile)));
    }
    // A kind of encryption for which nobody decided.
    leavesNothing(RefusalReason.ESCROW_OFF, deposit(new ProfileName("function-mailbox")));
    assertThat(HOUSE.desk.profiles())
        .extracting(profile -> profile.name().value())
        .containsExactlyInAnyOrder("smime", "function-mailbox");
  }

  @Test
  void erasesAtOnceWhatCameIntoACertificateOfAnotherKind() throws Exception {
    HOUSE.decide();
    HOUSE.desk.deposit(House.staff(anna), deposit(SMIME));
    var request =
        HOUSE.house.desk.submit(
            House.staff(anna),
            House.application(
                anna, new ProfileName("mail-signature"), SampleRequests.of(pair, "")));
    StoredCertificate signing =
        HOUSE.house.certificateOf(HOUSE.vaulted.approve(HOUSE.otto, request.id()));
    assertThat(signing.profile().value()).isEqualTo("mail-signature");
    assertThat(HOUSE.desk.own(House.staff(anna))).isEmpty();

    HOUSE.desk.sweep();

    assertThat(HOUSE.books.ofEscrow().copies().wrapped(hash())).isEmpty();
    assertThat(why()).isEqualTo(1);
  }

  private long why() {
    return HOUSE.vaulted.database.number(
        "select count(*) from escrow_copy where erased_why = 'other-kind' and key_hash = '\\x%s'"
            .formatted(hash().toHex()));
  }

  @Test
  void erasesCopiesOfWhichNothingCame() throws Exception {
    HOUSE.decide();
    HOUSE.desk.deposit(House.staff(anna), deposit(SMIME));
    HOUSE.desk.sweep();
    assertThat(HOUSE.books.ofEscrow().copies().wrapped(hash())).isPresent();
    age("deposited_at = deposited_at - interval '3 days'");
    HOUSE.desk.sweep();
    assertThat(HOUSE.books.ofEscrow().copies().wrapped(hash())).isEmpty();
    assertThat(wrappingKeys()).isZero();
  }

  @Test
  void keepsACopyForTheYearsThatWereDecidedAfterItsCertificatesEnd() throws Exception {
    HOUSE.decide();
    HOUSE.certified(anna, pair);
    age("deposited_at = deposited_at - interval '3 days'");
    HOUSE.desk.sweep();
    assertThat(HOUSE.desk.own(House.staff(anna))).hasSize(1);
    age("keep_years = -2");
    HOUSE.desk.sweep();
    assertThat(HOUSE.desk.own(House.staff(anna))).isEmpty();
    assertThat(wrappingKeys()).isZero();
    assertThat(copies()).isOne(); // that there was one stays known
  }

  private void age(String change) {
    HOUSE.vaulted.database.execute(
        "update escrow_copy set %s where key_hash = '\\x%s'".formatted(change, hash().toHex()));
  }

  private long wrappingKeys() {
    return HOUSE.vaulted.database.number(
        "select count(*) from escrow_wrapping where key_hash = '\\x%s'".formatted(hash().toHex()));
  }

  @Test
  void tellsAPersonThatACopyIsThereAndErasesWhatWasSettledLongAgo() throws Exception {
    HOUSE.decide();
    HOUSE.certified(anna, pair);
    var recovery =
        HOUSE.recovery.request(
            House.staff(anna), new RecoveryWish(anna.id(), TOWN, "neuer Rechner", ""));
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.recovery.withdraw(House.staff(anna), recovery.id());

    var report = HOUSE.books.disclosure().about(anna.id());
    assertThat(report.sections().get(PersonReport.Section.ESCROW)).hasSize(1);
    assertThat(report.sections().get(PersonReport.Section.RECOVERIES)).hasSize(1);
    assertThat(report.toString()).doesNotContain("wrapped");

    var now = HOUSE.house.clock.instant();
    HOUSE
        .books
        .transactions()
        .<Integer, RuntimeException>inTransaction(
            transaction ->
                HOUSE
                    .books
                    .retention()
                    .erase(
                        transaction,
                        RetentionClass.REQUESTS,
                        now.plus(Duration.ofDays(1)),
                        now,
                        100));
    assertThat(
            HOUSE.vaulted.database.number(
                "select count(*) from recovery where id = '%s'".formatted(recovery.id())))
        .isZero();
    assertThat(HOUSE.desk.own(House.staff(anna))).hasSize(1);
  }

  @Test
  void refusesWhatIsNoCopyOrWithoutProofOfTheKey() throws Refused {
    HOUSE.decide();
    Deposit good = deposit(SMIME);
    leavesNothing(
        RefusalReason.BAD_DATA_FORMAT,
        new Deposit(
            TOWN, SMIME, good.certificationRequest(), Bytes.of(new byte[40]), good.wrappingKey()));
    leavesNothing(
        RefusalReason.BAD_DATA_FORMAT,
        new Deposit(
            TOWN,
            SMIME,
            good.certificationRequest(),
            Bytes.of(new byte[16 * 1024 + 1]),
            good.wrappingKey()));
    leavesNothing(
        RefusalReason.BAD_DATA_FORMAT,
        new Deposit(
            TOWN, SMIME, good.certificationRequest(), good.wrapped(), Bytes.of(new byte[256])));
    leavesNothing(
        RefusalReason.BAD_DATA_FORMAT,
        new Deposit(TOWN, SMIME, Bytes.of(new byte[] {48, 0}), good.wrapped(), good.wrappingKey()));
    leavesNothing(
        RefusalReason.NOT_FOUND,
        new Deposit(
            House.VILLAGE, SMIME, good.certificationRequest(), good.wrapped(), good.wrappingKey()));
  }

  @Test
  void letsOnlyTheTenantsOfficersDecide() throws Refused {
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> HOUSE.desk.propose(House.staff(anna), proposal(Set.of(SMIME))));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> HOUSE.desk.propose(HOUSE.otto.provenBy(Proof.PASSWORD), proposal(Set.of(SMIME))));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () ->
            HOUSE.desk.propose(
                House.officer(HOUSE.house.otto, House.VILLAGE), proposal(Set.of(SMIME))));
    Decision proposed = HOUSE.desk.propose(HOUSE.otto, proposal(Set.of(SMIME)));
    refuses(RefusalReason.DUPLICATE, () -> HOUSE.desk.propose(HOUSE.olga, proposal(Set.of(SMIME))));
    refuses(
        RefusalReason.NOT_FOUND,
        () -> HOUSE.desk.consent(House.officer(HOUSE.house.olga, House.VILLAGE), proposed.id()));
    refuses(
        RefusalReason.BAD_DATA_FORMAT,
        () ->
            HOUSE.desk.propose(
                HOUSE.otto, new DecisionProposal(TOWN, Set.of(SMIME), "allein", 1, 10)));
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    Refused refused = catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
  }
}
