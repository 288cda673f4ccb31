package de.kreissiegel.ca.recovery;

import static de.kreissiegel.ca.issuance.House.TOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.escrow.Deposit;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.escrow.SampleCopies;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** From a copy that a browser left to the file with all old keys, over a real vault. */
@ResourceLock(VaultedHouse.SHARED)
class RecoveryDeskTest {
  private static final EscrowHouse HOUSE = new EscrowHouse();

  private Subject erika;
  private Subject heir;
  private KeyPair first;
  private KeyPair second;

  @BeforeEach
  void hasTwoKeysInEscrow() throws Exception {
    HOUSE.decide();
    erika = HOUSE.person("Erika Erbin");
    heir = HOUSE.person("Nora Nachfolgerin " + UUID.randomUUID());
    first = SampleRequests.elliptic("secp256r1");
    second = SampleRequests.elliptic("secp384r1");
    HOUSE.certified(erika, first);
    HOUSE.certified(erika, second);
  }

  private static RecoveryWish wish(Subject owner, String collector) {
    return new RecoveryWish(owner.id(), TOWN, "Az. 7/26: ausgeschieden", collector);
  }

  private Recovery own() throws Refused {
    return HOUSE.recovery.request(House.staff(erika), wish(erika, ""));
  }

  @Test
  void givesAllOldKeysInOneFileToWhomTwoOfficersApprovedIt() throws Exception {
    Recovery recovery = own();
    assertThat(HOUSE.approve(HOUSE.otto, recovery)).isInstanceOf(Recovery.Requested.class);
    assertThat(HOUSE.approve(HOUSE.olga, recovery)).isInstanceOf(Recovery.Approved.class);
    var released = HOUSE.recovery.release(HOUSE.otto, recovery.id());
    FileId file = released.recovery().offer().id();

    Bytes collected = HOUSE.recovery.collect(House.staff(erika), file);

    assertThat(keysIn(collected, released.password()))
        .containsExactlyInAnyOrder(
            Bytes.of(first.getPrivate().getEncoded()), Bytes.of(second.getPrivate().getEncoded()));
    assertThat(HOUSE.recovery.view(House.staff(erika), recovery.id()))
        .isInstanceOf(Recovery.Collected.class);
    refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.collect(House.staff(erika), file));
    assertThat(actions(recovery))
        .containsExactly(
            "recovery.collected",
            "recovery.offered",
            "recovery.released",
            "recovery.approved",
            "recovery.signed",
            "recovery.signed",
            "recovery.waiting",
            "recovery.requested");
    assertThat(
            HOUSE.vaulted.database.number(
                "select count(*) from recovery where file is not null and id = '%s'"
                    .formatted(recovery.id())))
        .isZero();
  }

  @Test
  void openedFilesHoldTheChainAndNothingOfThemIsInTheDatabaseInClear() throws Exception {
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    var released = HOUSE.recovery.release(HOUSE.olga, recovery.id());
    Bytes file = HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id());

    KeyStore store = store(file, released.password());
    String alias = Collections.list(store.aliases()).stream().findFirst().orElseThrow();
    assertThat(store.getCertificateChain(alias)).hasSize(3);
    assertThat(released.toString()).doesNotContain(released.password());
    assertThat(
            HOUSE.vaulted.database.number(
                "select count(*) from audit_event where position('%s' in detail) > 0"
                    .formatted(released.password())))
        .isZero();
  }

  @Test
  void leavesTheFileToASuccessorWhoHearsItsPasswordFromAnOfficer() throws Exception {
    HOUSE.house.directory.remove(erika);
    Recovery recovery = HOUSE.recovery.request(HOUSE.otto, wish(erika, heir.commonName()));
    assertThat(recovery.terms().ownerName()).contains("Erika Erbin");
    assertThat(recovery.terms().collector()).isEqualTo(heir.id());
    // Who asked has no hand in it.
    refuses(RefusalReason.OWN_APPLICATION, () -> HOUSE.approve(HOUSE.otto, recovery));
    HOUSE.house.directory.put(erika);
  }

  @Test
  void refusesWhoMayNotAsk() throws Exception {
    refuses(
        RefusalReason.NOT_FOUND, () -> HOUSE.recovery.request(House.staff(heir), wish(erika, "")));
    refuses(
        RefusalReason.NOT_FOUND,
        () -> HOUSE.recovery.request(officerOf(House.VILLAGE), wish(erika, "")));
    refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.request(auditor(), wish(erika, "")));
    refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.request(helpDesk(), wish(erika, "")));
    refuses(
        RefusalReason.NOT_FOUND,
        () -> HOUSE.recovery.request(HOUSE.otto.provenBy(Proof.PASSWORD), wish(erika, "")));
    refuses(
        RefusalReason.REASON_MISSING,
        () -> HOUSE.recovery.request(HOUSE.otto, new RecoveryWish(erika.id(), TOWN, " \n", "")));
    refuses(
        RefusalReason.SUBJECT_DISABLED,
        () -> HOUSE.recovery.request(HOUSE.otto, wish(erika, "Niemand Sonst")));
    refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.request(HOUSE.otto, wish(heir, "")));
    own();
    refuses(RefusalReason.DUPLICATE, this::own);
  }

  @Test
  void letsNobodySignButTheTenantsOfficersAndThemOnceAndNotForThemselves() throws Exception {
    Recovery recovery = own();
    List<Bytes> ottos = HOUSE.signatures(HOUSE.otto, recovery);
    refuses(RefusalReason.NOT_FOUND, () -> approve(officerOf(House.VILLAGE), recovery, ottos));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> approve(auditor(), recovery, ottos));
    refuses(RefusalReason.NOT_FOUND, () -> approve(helpDesk(), recovery, ottos));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> approve(House.staff(erika), recovery, ottos));
    refuses(RefusalReason.APPROVAL_INVALID, () -> approve(HOUSE.olga, recovery, ottos));
    refuses(RefusalReason.APPROVAL_UNSIGNED, () -> approve(HOUSE.olga, recovery, List.of()));
    refuses(
        RefusalReason.APPROVAL_UNSIGNED, () -> approve(HOUSE.otto, recovery, ottos.subList(0, 1)));
    refuses(
        RefusalReason.APPROVAL_INVALID,
        () -> approve(HOUSE.otto, recovery, List.of(ottos.getFirst(), ottos.getFirst())));
    approve(HOUSE.otto, recovery, ottos);
    refuses(RefusalReason.SAME_OFFICER, () -> HOUSE.approve(HOUSE.otto, recovery));
  }

  @Test
  void releasesNothingOneOfficerShort() throws Exception {
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    refuses(RefusalReason.WRONG_STATE, () -> HOUSE.recovery.release(HOUSE.otto, recovery.id()));
    assertThat(HOUSE.books.recoveries().wrappingKeys(recovery.id())).isEmpty();
    // Even if the web host says that it was approved, the vault counts for itself.
    HOUSE.vaulted.database.execute(
        "update recovery set state = 'APPROVED', needed = 2 where id = '%s'"
            .formatted(recovery.id()));
    HOUSE.vaulted.database.execute(
        "insert into recovery_approval values ('%s', 2, 'made-up', 'Made Up', now())"
            .formatted(recovery.id()));
    Refused refused =
        refuses(
            RefusalReason.REFUSED_BY_VAULT,
            () -> HOUSE.recovery.release(HOUSE.olga, recovery.id()));
    assertThat(refused.getMessage()).contains("approval-missing");
  }

  @Test
  void releasesNothingToWhoWouldHaveFileAndPassword() throws Exception {
    Recovery recovery = HOUSE.recovery.request(HOUSE.otto, wish(erika, ""));
    refuses(
        RefusalReason.OWN_APPLICATION,
        () -> HOUSE.recovery.statement(HOUSE.otto, recovery.id(), release(recovery)));
    Recovery refused = HOUSE.recovery.refuse(HOUSE.olga, recovery.id(), "kein Beschluss");
    assertThat(refused).isInstanceOf(Recovery.Ended.class);
    refuses(RefusalReason.WRONG_STATE, () -> HOUSE.recovery.release(HOUSE.olga, recovery.id()));
  }

  @Test
  void givesTheFileToNobodyElse() throws Exception {
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    FileId file = HOUSE.recovery.release(HOUSE.otto, recovery.id()).recovery().offer().id();
    for (Actor.Person other : List.of(HOUSE.otto, HOUSE.olga, House.staff(heir), auditor())) {
      refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.collect(other, file));
    }
    assertThat(HOUSE.recovery.offered(House.staff(erika), file).id()).isEqualTo(recovery.id());
  }

  @Test
  void makesTheFileAnewWhereItsPasswordWasLost() throws Exception {
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    var lost = HOUSE.recovery.release(HOUSE.otto, recovery.id());
    var anew = HOUSE.recovery.release(HOUSE.olga, recovery.id());
    refuses(
        RefusalReason.NOT_FOUND,
        () -> HOUSE.recovery.collect(House.staff(erika), lost.recovery().offer().id()));
    Bytes file = HOUSE.recovery.collect(House.staff(erika), anew.recovery().offer().id());
    assertThat(keysIn(file, anew.password())).hasSize(2);
    assertThat(anew.password()).isNotEqualTo(lost.password());
  }

  @Test
  void leavesOutACopyThatHoldsAnotherKeyAndSaysSo() throws Exception {
    KeyPair claimed = SampleRequests.elliptic("secp256r1");
    KeyPair other = SampleRequests.elliptic("secp256r1");
    StoredCertificate bad =
        HOUSE.certified(
            erika,
            claimed,
            SampleCopies.of(
                claimed,
                other.getPrivate().getEncoded(),
                TOWN,
                EscrowHouse.SMIME,
                HOUSE.vault.key().orElseThrow()));
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    var released = HOUSE.recovery.release(HOUSE.otto, recovery.id());

    assertThat(released.recovery().offer().damaged()).isOne();
    Bytes file = HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id());
    assertThat(keysIn(file, released.password()))
        .hasSize(2)
        .doesNotContain(Bytes.of(other.getPrivate().getEncoded()));
    assertThat(events(bad.auditName())).extracting(AuditEvent::action).contains("recovery.damaged");
  }

  @Test
  void leavesOutACopyWhoseWrappingKeyIsNoneAndGivesTheRest() throws Exception {
    KeyPair claimed = SampleRequests.elliptic("secp256r1");
    Deposit honest =
        SampleCopies.of(claimed, TOWN, EscrowHouse.SMIME, HOUSE.vault.key().orElseThrow());
    byte[] noise = honest.wrappingKey().toArray();
    noise[noise.length - 1] ^= 1;
    HOUSE.certified(
        erika,
        claimed,
        new Deposit(
            honest.tenant(),
            honest.profile(),
            honest.certificationRequest(),
            honest.wrapped(),
            Bytes.of(noise)));
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    HOUSE.approve(HOUSE.olga, recovery);

    var released = HOUSE.recovery.release(HOUSE.otto, recovery.id());

    assertThat(released.recovery().offer().damaged()).isOne();
    Bytes file = HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id());
    assertThat(keysIn(file, released.password())).hasSize(2);
  }

  @Test
  void endsWhatNobodyDecidedOrCollected() throws Exception {
    Recovery recovery = own();
    HOUSE.vaulted.database.execute(
        "update recovery set requested_at = requested_at - interval '12 days' where id = '%s'"
            .formatted(recovery.id()));
    refuses(RefusalReason.WRONG_STATE, () -> HOUSE.approve(HOUSE.otto, recovery));
    HOUSE.recovery.expireOld();
    assertThat(HOUSE.recovery.view(HOUSE.otto, recovery.id()))
        .isInstanceOfSatisfying(
            Recovery.Ended.class,
            ended -> assertThat(ended.how()).isEqualTo(Recovery.Ending.EXPIRED));

    Recovery next = own();
    HOUSE.approve(HOUSE.otto, next);
    HOUSE.approve(HOUSE.olga, next);
    var released = HOUSE.recovery.release(HOUSE.otto, next.id());
    HOUSE.vaulted.database.execute(
        "update recovery set file_until = '%s' where id = '%s'"
            .formatted(HOUSE.house.clock.instant().minus(Duration.ofSeconds(1)), next.id()));
    refuses(
        RefusalReason.NOT_FOUND,
        () -> HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id()));
    HOUSE.recovery.expireOld();
    assertThat(
            HOUSE.vaulted.database.number(
                "select count(*) from recovery where file is not null and id = '%s'"
                    .formatted(next.id())))
        .isZero();
  }

  @Test
  void goesOnAfterAProcessDiedBetweenVaultAndDatabase() throws Exception {
    Recovery recovery = own();
    HOUSE.approve(HOUSE.otto, recovery);
    Recovery approved = HOUSE.approve(HOUSE.olga, recovery);
    // The vault has opened and journalled the first key, and nobody stored what came of it.
    Recovery.Item item = approved.terms().items().getFirst();
    byte[] opened =
        HOUSE.vault.open(
            item.release(),
            item.vaultKey(),
            HOUSE.books.recoveries().wrappingKeys(recovery.id()).get(item.keyHash()),
            HOUSE.books.recoveries().signatures(recovery.id()).get(item.release()));
    assertThat(opened).hasSize(32);
    assertThat(HOUSE.recovery.view(HOUSE.otto, recovery.id())).isEqualTo(approved);

    var released = HOUSE.recovery.release(HOUSE.otto, recovery.id());
    assertThat(released.recovery().offer().damaged()).isZero();
  }

  @Test
  void takesANewSignatureWhereASignersCertificateWasRevoked() throws Exception {
    Actor.Person oskar =
        HOUSE.vaulted.appointed(HOUSE.person("Oskar " + UUID.randomUUID() + " Amt"));
    Recovery recovery = own();
    HOUSE.approve(oskar, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    refuses(RefusalReason.WRONG_STATE, () -> HOUSE.approve(HOUSE.otto, recovery));
    HOUSE.revokeOfficer(oskar);

    assertThat(HOUSE.recovery.endedSignatures(HOUSE.recovery.view(HOUSE.otto, recovery.id())))
        .extracting(Said::by)
        .containsExactly(oskar.id());
    refuses(RefusalReason.SIGNATURE_ENDED, () -> HOUSE.recovery.release(HOUSE.otto, recovery.id()));
    refuses(RefusalReason.SAME_OFFICER, () -> HOUSE.approve(HOUSE.olga, recovery));
    refuses(
        RefusalReason.OWN_APPLICATION,
        () ->
            HOUSE.recovery.statement(House.officer(erika, TOWN), recovery.id(), release(recovery)));
    refuses(RefusalReason.APPROVAL_INVALID, () -> HOUSE.approve(oskar, recovery));

    assertThat(HOUSE.approve(HOUSE.otto, recovery))
        .isInstanceOfSatisfying(
            Recovery.Approved.class,
            approved ->
                assertThat(approved.given())
                    .extracting(Said::by)
                    .containsExactly(HOUSE.olga.id(), HOUSE.otto.id()));
    var released = HOUSE.recovery.release(HOUSE.otto, recovery.id());
    Bytes file = HOUSE.recovery.collect(House.staff(erika), released.recovery().offer().id());
    assertThat(keysIn(file, released.password())).hasSize(2);
    assertThat(actions(recovery)).containsOnlyOnce("recovery.signature-ended");
    assertThat(
            HOUSE.vaulted.database.number(
                "select count(*) from recovery_approval where recovery = '%s'"
                    .formatted(recovery.id())))
        .as("what was signed before stays")
        .isEqualTo(3);
  }

  @Test
  void takesTheSameOfficersSignatureByTheirNewCertificate() throws Exception {
    Subject who = HOUSE.person("Oskar " + UUID.randomUUID() + " Amt");
    Actor.Person oskar = HOUSE.vaulted.appointed(who);
    Recovery recovery = own();
    HOUSE.approve(oskar, recovery);
    HOUSE.revokeOfficer(oskar);
    HOUSE.vaulted.appointed(who);
    // The first of two waits still: it is replaced, and another one is needed as before.
    assertThat(HOUSE.approve(oskar, recovery))
        .isInstanceOfSatisfying(
            Recovery.Requested.class, waiting -> assertThat(waiting.given()).hasSize(1));
    refuses(RefusalReason.SAME_OFFICER, () -> HOUSE.approve(oskar, recovery));
    assertThat(HOUSE.approve(HOUSE.olga, recovery)).isInstanceOf(Recovery.Approved.class);
    assertThat(HOUSE.recovery.release(HOUSE.otto, recovery.id()).recovery().offer().damaged())
        .isZero();
  }

  @Test
  void destroysAFileThatIsToBeMadeAnewAfterASignatureEnded() throws Exception {
    Actor.Person oskar =
        HOUSE.vaulted.appointed(HOUSE.person("Oskar " + UUID.randomUUID() + " Amt"));
    Recovery recovery = own();
    HOUSE.approve(oskar, recovery);
    HOUSE.approve(HOUSE.olga, recovery);
    FileId file = HOUSE.recovery.release(HOUSE.otto, recovery.id()).recovery().offer().id();
    HOUSE.revokeOfficer(oskar);
    refuses(RefusalReason.SIGNATURE_ENDED, () -> HOUSE.recovery.release(HOUSE.otto, recovery.id()));
    assertThat(HOUSE.recovery.offered(House.staff(erika), file)).as("still good").isNotNull();

    HOUSE.approve(HOUSE.otto, recovery);

    refuses(RefusalReason.NOT_FOUND, () -> HOUSE.recovery.collect(House.staff(erika), file));
    // The vault answers for the same keys once more, by the new signature.
    var anew = HOUSE.recovery.release(HOUSE.olga, recovery.id());
    assertThat(
            keysIn(
                HOUSE.recovery.collect(House.staff(erika), anew.recovery().offer().id()),
                anew.password()))
        .hasSize(2);
  }

  /** Whoever owns the web host may say that all is well: the vault looks for itself. */
  @Test
  void theVaultOpensNothingByAnEndedSignatureWhateverTheDatabaseSays() throws Exception {
    Actor.Person oskar =
        HOUSE.vaulted.appointed(HOUSE.person("Oskar " + UUID.randomUUID() + " Amt"));
    Recovery recovery = own();
    HOUSE.approve(oskar, recovery);
    Recovery approved = HOUSE.approve(HOUSE.olga, recovery);
    Recovery.Item item = approved.terms().items().getFirst();
    List<Bytes> old = HOUSE.books.recoveries().signatures(recovery.id()).get(item.release());
    Bytes wrapping = HOUSE.books.recoveries().wrappingKeys(recovery.id()).get(item.keyHash());
    HOUSE.revokeOfficer(oskar);
    Refused refused =
        refuses(
            RefusalReason.REFUSED_BY_VAULT,
            () -> HOUSE.vault.open(item.release(), item.vaultKey(), wrapping, old));
    assertThat(refused.getMessage()).contains("approval-officer-revoked");
  }

  private Recovery approve(Actor.Person officer, Recovery recovery, List<Bytes> signatures)
      throws Refused {
    return HOUSE.recovery.approve(officer, recovery.id(), signatures);
  }

  private static UUID release(Recovery recovery) {
    return recovery.terms().items().getFirst().release();
  }

  private static Actor.Person auditor() {
    return person(Set.of(), Set.of(), Set.of(TOWN), Set.of());
  }

  /** Who revokes by phone and sees, standing in; decides on keys nowhere. */
  private static Actor.Person helpDesk() {
    return person(Set.of(), Set.of(), Set.of(), Set.of(TOWN));
  }

  private static Actor.Person officerOf(TenantId tenant) {
    return person(Set.of(tenant), Set.of(tenant), Set.of(), Set.of());
  }

  private static Actor.Person person(
      Set<TenantId> tenants,
      Set<TenantId> officerFor,
      Set<TenantId> auditorFor,
      Set<TenantId> standsInFor) {
    return new Actor.Person(
        new SubjectId("somebody-else"),
        "Somebody",
        "somebody",
        tenants,
        officerFor,
        Set.of(),
        auditorFor,
        standsInFor,
        Duties.NONE,
        Proof.CERTIFICATE);
  }

  private List<String> actions(Recovery recovery) {
    return events(recovery.auditName()).stream().map(AuditEvent::action).toList();
  }

  private static List<AuditEvent> events(String object) {
    return HOUSE
        .books
        .auditEvents()
        .search(Set.of(TOWN), new AuditQuery(object, Optional.empty(), Optional.empty(), 0, 500));
  }

  private static KeyStore store(Bytes file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file.toArray()), password.toCharArray());
    return store;
  }

  private static Set<Bytes> keysIn(Bytes file, String password) throws Exception {
    KeyStore store = store(file, password);
    Set<Bytes> keys = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(Bytes.of(store.getKey(alias, password.toCharArray()).getEncoded()));
      }
    }
    return keys;
  }

  private static Refused refuses(RefusalReason reason, ThrowingCallable call) {
    Refused refused = catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    return refused;
  }
}
