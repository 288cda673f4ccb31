package de.kreissiegel.ca.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.approval.SecurityKeyApproval;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An officer's passkey says yes to a release, over a real vault. */
@ResourceLock(VaultedHouse.SHARED)
class RecoveryByPasskeyTest {
  private static final EscrowHouse HOUSE = new EscrowHouse();

  private Subject erika;
  private TestPasskey ottos;

  @BeforeEach
  void hasTwoKeysInEscrow() throws Exception {
    HOUSE.decide();
    erika = HOUSE.person("Erika Erbin " + UUID.randomUUID());
    HOUSE.certified(erika, SampleRequests.elliptic("secp256r1"));
    HOUSE.certified(erika, SampleRequests.elliptic("secp256r1"));
    ottos = new TestPasskey(HOUSE, HOUSE.otto);
  }

  private Recovery wanted() throws Refused {
    return HOUSE.recovery.request(
        House.staff(erika), new RecoveryWish(erika.id(), House.TOWN, "Az. 7/26", ""));
  }

  private static ReleaseStatement statement(Actor.Person officer, Recovery recovery, int item)
      throws Refused {
    return HOUSE.recovery.statement(
        officer, recovery.id(), recovery.terms().items().get(item).release());
  }

  private static List<Bytes> confirmed(TestPasskey key, Actor.Person officer, Recovery recovery)
      throws Exception {
    List<Bytes> all = new ArrayList<>();
    for (int item = 0; item < recovery.terms().items().size(); item++) {
      all.add(key.confirmed(statement(officer, recovery, item)));
    }
    return all;
  }

  private static Recovery approve(Actor.Person officer, Recovery recovery, List<Bytes> signatures)
      throws Refused {
    return HOUSE.recovery.approve(officer, recovery.id(), signatures);
  }

  @Test
  void opensTheKeysTogetherWithAnotherOfficersKeyFile() throws Exception {
    Recovery recovery = wanted();
    approve(HOUSE.otto, recovery, confirmed(ottos, HOUSE.otto, recovery));
    assertThat(HOUSE.approve(HOUSE.olga, recovery)).isInstanceOf(Recovery.Approved.class);

    var released = HOUSE.recovery.release(HOUSE.olga, recovery.id());

    assertThat(released.recovery().offer().damaged()).isZero();
    assertThat(
            HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id()).length())
        .isPositive();
  }

  @Test
  void opensThemByTwoPasskeys() throws Exception {
    Recovery recovery = wanted();
    TestPasskey olgas = new TestPasskey(HOUSE, HOUSE.olga);
    approve(HOUSE.otto, recovery, confirmed(ottos, HOUSE.otto, recovery));
    approve(HOUSE.olga, recovery, confirmed(olgas, HOUSE.olga, recovery));

    assertThat(HOUSE.recovery.release(HOUSE.otto, recovery.id()).recovery().offer().damaged())
        .isZero();
  }

  @Test
  void takesNoOtherConfirmation() throws Exception {
    Recovery recovery = wanted();
    ReleaseStatement first = statement(HOUSE.otto, recovery, 0);
    ReleaseStatement second = statement(HOUSE.otto, recovery, 1);
    Bytes good = ottos.confirmed(first);
    refuses("approval-challenge", recovery, List.of(good, ottos.shown(first, second)));
    refuses("signed for twice", recovery, List.of(good, good));
    ottos.flags = 0x01;
    refuses("approval-user-verification", recovery, confirmed(ottos, HOUSE.otto, recovery));
    ottos.flags = 0x05;
    ottos.origin = "https://evil.example";
    refuses("approval-origin", recovery, confirmed(ottos, HOUSE.otto, recovery));
    ottos.origin = VaultedHouse.SECURITY_KEYS.origin();
    TestPasskey olgas = new TestPasskey(HOUSE, HOUSE.olga);
    refuses("by which this officer", recovery, confirmed(olgas, HOUSE.otto, recovery));
    Recovery another = otherRecovery();
    refuses(
        "not this recovery",
        recovery,
        List.of(good, ottos.confirmed(statement(HOUSE.otto, another, 0))));
    assertThat(HOUSE.recovery.view(HOUSE.otto, recovery.id()).given()).isEmpty();
  }

  private Recovery otherRecovery() throws Exception {
    Subject max = HOUSE.person("Max Muster " + UUID.randomUUID());
    HOUSE.certified(max, SampleRequests.elliptic("secp256r1"));
    return HOUSE.recovery.request(
        House.staff(max), new RecoveryWish(max.id(), House.TOWN, "Az. 8/26", ""));
  }

  @Test
  void takesNoneThatItsHolderHasTakenBackSince() throws Exception {
    Recovery recovery = wanted();
    List<Bytes> signatures = confirmed(ottos, HOUSE.otto, recovery);
    HOUSE.credentials.clear();
    refuses("by which this officer", recovery, signatures);
  }

  /** Whoever owns the web host writes what they like into the database; the vault counts. */
  @Test
  void theVaultTakesNoConfirmationTwiceNorForAnotherKey() throws Exception {
    Recovery recovery = wanted();
    approve(HOUSE.otto, recovery, confirmed(ottos, HOUSE.otto, recovery));
    Recovery approved = HOUSE.approve(HOUSE.olga, recovery);
    var signatures = HOUSE.books.recoveries().signatures(recovery.id());
    var keys = HOUSE.books.recoveries().wrappingKeys(recovery.id());
    Recovery.Item first = approved.terms().items().get(0);
    Recovery.Item second = approved.terms().items().get(1);
    List<Bytes> both = signatures.get(first.release());
    Bytes passkeys = confirmedOf(both, recovery);

    vaultRefuses("approval-missing", first, keys.get(first.keyHash()), List.of(passkeys));
    vaultRefuses(
        "approval-four-eyes", first, keys.get(first.keyHash()), List.of(passkeys, passkeys));
    vaultRefuses("approval-request", second, keys.get(second.keyHash()), both);
    vaultRefuses("approval-encrypted", first, keys.get(second.keyHash()), both);
    assertThat(HOUSE.vault.open(first.release(), first.vaultKey(), keys.get(first.keyHash()), both))
        .hasSize(32);
  }

  /** The one of the two that the passkey made. */
  private Bytes confirmedOf(List<Bytes> both, Recovery recovery) {
    assertThat(both).as("%s", recovery.id()).hasSize(2);
    return both.stream()
        .filter(one -> SecurityKeyApproval.evidence(one) instanceof Evidence.SecurityKeyAssertion)
        .findFirst()
        .orElseThrow();
  }

  private static void vaultRefuses(
      String rule, Recovery.Item item, Bytes encrypted, List<Bytes> signatures) {
    Refused refused =
        refuses(
            RefusalReason.REFUSED_BY_VAULT,
            () -> HOUSE.vault.open(item.release(), item.vaultKey(), encrypted, signatures));
    assertThat(refused.getMessage()).contains(rule);
  }

  private static void refuses(String why, Recovery recovery, List<Bytes> signatures) {
    Refused refused =
        refuses(RefusalReason.APPROVAL_INVALID, () -> approve(HOUSE.otto, recovery, signatures));
    assertThat(refused.getMessage()).contains(why);
  }

  private static Refused refuses(RefusalReason reason, ThrowingCallable call) {
    Refused refused = catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    return refused;
  }
}
