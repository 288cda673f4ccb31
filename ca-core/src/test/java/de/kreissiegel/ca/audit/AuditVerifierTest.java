package de.kreissiegel.ca.audit;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditFinding.Kind;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditVerifierTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor SYSTEM = new Actor.Component("test");

  private final HeadSigner vault = new HeadSigner();
  private final AuditHeads heads =
      new AuditHeads(ROOM.audit(), vault, new KeyId("audit"), Bookroom.CLOCK);
  private final AuditVerifier verifier = new AuditVerifier(ROOM.audit(), vault.publicKey());

  @BeforeEach
  void tenEvents() {
    ROOM.clear();
    for (int i = 1; i <= 10; i++) {
      append("node-1", "event " + i);
    }
  }

  @Test
  void confirmsWhatNobodyTouched() throws Exception {
    append("node-2", "alone");
    assertThat(heads.signMoved()).isEqualTo(2);
    append("node-1", "after the checkpoint");

    AuditReport report = verifier.verify(vault.journal(0, 1000));

    assertThat(report.findings()).isEmpty();
    assertThat(report.chains())
        .containsExactly(
            new AuditReport.ChainReport("node-1", 11, 0, Optional.empty(), 1, 1),
            new AuditReport.ChainReport("node-2", 1, 0, Optional.empty(), 1, 1));
  }

  @Test
  void signsAHeadOnlyWhenItMoved() throws Exception {
    assertThat(heads.signMoved()).isOne();
    assertThat(heads.signMoved()).isZero();
    append("node-1", "more");
    assertThat(heads.signMoved()).isOne();
    assertThat(ROOM.audit().checkpoints("node-1"))
        .extracting(point -> point.head().sequence())
        .containsExactly(10L, 11L);
  }

  @Test
  void namesTheEventThatWasChangedWhateverWasChangedInIt() {
    for (String change :
        List.of(
            "detail = 'nothing happened'",
            "actor = 'person:somebody-else'",
            "actor_name = 'Erika'",
            "action = 'certificate.held'",
            "tenant = upper(tenant)",
            "tenant = 'no tenant''s name'",
            "tenant = null",
            "object = 'certificate:people/1'",
            "at = at + interval '1 microsecond'",
            "at = 'infinity'")) {
      tenEvents();
      tamper("update audit_event set " + change + " where sequence = 5");

      finds(Kind.CHANGED, 5);
    }
  }

  @Test
  void namesTheEventWhoseHashWasChanged() {
    tamper(
        "update audit_event set hash = set_byte(hash, 3, 255 - get_byte(hash, 3)) where sequence ="
            + " 5");

    finds(Kind.CHANGED, 5);
  }

  @Test
  void namesTheLastEventThatIsLeftOfATailCutOff() {
    tamper("delete from audit_event where sequence > 7");

    finds(Kind.TAIL_CUT, 7);
  }

  @Test
  void findsATailCutOffWithTheHeadSetBackByTheSignedHead() throws Exception {
    heads.signMoved();
    cutAfterSeven();

    assertThat(kinds(verifier.verify(List.of()))).containsExactly(Kind.TAIL_CUT, Kind.HEAD_CHANGED);
    assertThat(verifier.verify(List.of()).findings().getFirst().sequence()).isEqualTo(7);
  }

  @Test
  void findsATailCutOffWithItsCheckpointsByTheJournal() throws Exception {
    heads.signMoved();
    cutAfterSeven();
    tamper("delete from audit_checkpoint");

    assertThat(verifier.verify(List.of()).isSound()).isTrue();
    assertThat(kinds(verifier.verify(vault.journal(0, 1000)))).contains(Kind.TAIL_CUT);
  }

  @Test
  void findsAWholeChainGoneByTheJournal() throws Exception {
    heads.signMoved();
    ROOM.clear();

    AuditReport report = verifier.verify(vault.journal(0, 1000));

    assertThat(kinds(report)).contains(Kind.TAIL_CUT);
    assertThat(report.findings().getFirst().sequence()).isZero();
  }

  @Test
  void namesTwoNeighboursThatWereSwapped() {
    swapRows(5, 6);

    finds(Kind.SWAPPED, 5);
  }

  @Test
  void namesTwoDistantEventsThatWereSwapped() {
    swapRows(3, 8);

    finds(Kind.SWAPPED, 3);
  }

  @Test
  void namesTwoEventsWhoseContentsWereSwappedUnderTheirHashes() {
    tamper(
        """
        update audit_event e
        set detail = o.detail, salt = o.salt, commitment = o.commitment from audit_event o
        where (e.sequence, o.sequence) in ((4, 5), (5, 4))
        """);

    finds(Kind.SWAPPED, 4);
  }

  @Test
  void namesTheEventThatIsMissingInTheMiddle() {
    tamper("delete from audit_event where sequence = 5");

    finds(Kind.MISSING, 5);
  }

  @Test
  void namesTheEventThatWasTakenOutThoughTheRestIsRenumbered() {
    tamper("delete from audit_event where sequence = 5");
    tamper("update audit_event set sequence = 100 + sequence where sequence > 5");
    tamper("update audit_event set sequence = sequence - 101 where sequence > 100");
    tamper("update audit_chain set sequence = 9");

    finds(Kind.REMOVED, 5);
  }

  @Test
  void namesTheEventThatWasPutInThoughTheRestIsRenumbered() {
    putInAtFive();

    finds(Kind.INSERTED, 5);
  }

  @Test
  void namesAnEventThatWasPutInWithAHashThatFits() {
    putInAtFive();
    WrittenEvent guest = ROOM.audit().event("node-1", 5).orElseThrow();
    var before = ROOM.audit().event("node-1", 4).orElseThrow().hash();
    ROOM.database()
        .overrule(
            "update audit_event set hash = ? where sequence = 5",
            guest.hashAt(5, before).toArray());

    finds(Kind.INSERTED, 5);
  }

  @Test
  void findsAChainRewrittenWithAllItsHashesByTheSignedHead() throws Exception {
    heads.signMoved();
    tamper("delete from audit_event");
    tamper("delete from audit_chain");
    for (int i = 1; i <= 10; i++) {
      append("node-1", "a nicer story " + i);
    }

    finds(Kind.REWRITTEN, 10);
  }

  @Test
  void findsACheckpointThatTheVaultDidNotSign() throws Exception {
    heads.signMoved();
    tamper("update audit_checkpoint set at = at + interval '1 second'");

    finds(Kind.CHECKPOINT_FORGED, 10);
    tamper("update audit_checkpoint set signature = ''");
    finds(Kind.CHECKPOINT_FORGED, 10);
  }

  @Test
  void findsAHeadRowThatDoesNotMatch() {
    tamper("update audit_chain set hash = set_byte(hash, 0, 255 - get_byte(hash, 0))");

    finds(Kind.HEAD_CHANGED, 10);
  }

  @Test
  void keepsOneChainWithoutGapWhenManyWriteAtOnce() throws Exception {
    Callable<Boolean> writer =
        () -> {
          for (int i = 0; i < 20; i++) {
            append("node-1", "from a thread");
            append("node-3", "first of its chain, perhaps");
          }
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var result : threads.invokeAll(java.util.Collections.nCopies(8, writer))) {
        assertThat(result.get()).isTrue();
      }
    }

    AuditReport report = verifier.verify(List.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.chains())
        .extracting(AuditReport.ChainReport::events)
        .containsExactly(170L, 160L);
  }

  @Test
  void keepsTextThatTheDatabaseWouldNotGiveBackUnchanged() {
    append("node-1", "nul \0, half a pair \ud83d, " + "ä".repeat(3000));

    assertThat(verifier.verify(List.of()).findings()).isEmpty();
    assertThat(ROOM.events().getFirst().detail()).startsWith("nul �, half a pair �,").hasSize(2000);
  }

  @Test
  void confirmsAnEventOfWhichTheDatabaseRoundsTheTime() {
    var clock =
        java.time.Clock.fixed(
            java.time.Instant.parse("2026-11-22T08:00:00.123456789Z"), java.time.ZoneOffset.UTC);
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcAuditTrail("node-1", clock, new SecureRandom())
                  .append(tx, SYSTEM, "test.done", Optional.empty(), "test", "");
              return true;
            });

    assertThat(verifier.verify(List.of()).findings()).isEmpty();
  }

  @Test
  void confirmsAChainWhoseOldWordsWereErasedAndTellsHowMany() throws Exception {
    heads.signMoved();
    Instant until = Bookroom.CLOCK.instant();

    erase("sequence <= 4");

    AuditReport report = verifier.verify(vault.journal(0, 1000));
    assertThat(report.findings()).isEmpty();
    assertThat(report.chains())
        .containsExactly(new AuditReport.ChainReport("node-1", 10, 4, Optional.of(until), 1, 1));
    assertThat(ROOM.events()).filteredOn(event -> event.detail().isEmpty()).hasSize(4);
  }

  @Test
  void leavesNothingOfErasedWordsBehind() {
    erase("sequence = 3");

    assertThat(
            ROOM.database()
                .number(
                    "select count(*) from audit_event e where sequence = 3 and e::text like '%event"
                        + " 3%'"))
        .isZero();
  }

  @Test
  void findsWordsThatWereChangedWithTheirSalt() {
    tamper("update audit_event set detail = 'other', salt = sha256('mine') where sequence = 5");

    finds(Kind.CHANGED, 5);
  }

  @Test
  void findsWordsThatWerePutBackIntoAnErasedEvent() {
    erase("sequence = 5");
    tamper(
        "update audit_event set detail = 'x', actor_name = 'y', salt = sha256('mine')"
            + " where sequence = 5");

    finds(Kind.CHANGED, 5);
  }

  @Test
  void findsACommitmentThatWasMadeForOtherWords() {
    tamper("update audit_event set commitment = sha256(commitment) where sequence = 5");

    finds(Kind.CHANGED, 5);
  }

  @Test
  void confirmsAChainFromBeforeThereWereCommitments() {
    ROOM.clear();
    // The hashes were computed by another program from the description of version 1.
    for (String row :
        List.of(
            "1, 'stadt-hassfurt.example', 'request:1',"
                + " '\\x68bedfb1d89b0b0049a0301cef4298f4c52465e139a44ee7dc7641b526fdc1da'",
            "2, null, 'request:1',"
                + " '\\xbbfec3bd50483fc40700b1606393dc5bb38a442fa02b65cfa7706215b215394a'")) {
      String[] columns = row.split(", ");
      ROOM.database()
          .execute(
              """
              insert into audit_event (chain, sequence, at, actor, actor_name, action, tenant,
                  object, detail, hash)
              values ('node-1', %1$s, timestamptz 'epoch' + %1$s * interval '1 microsecond'
                  + interval '1795334400 s', 'person:erika', 'Erika Müller', 'request.submitted',
                  %2$s, %3$s, 'remark=nächste Woche', %4$s)
              """
                  .formatted((Object[]) columns));
    }
    ROOM.database()
        .execute(
            "insert into audit_chain select chain, sequence, hash from audit_event"
                + " where sequence = 2");
    append("node-1", "and on with version 2");

    assertThat(verifier.verify(List.of()).findings()).isEmpty();
    assertThat(verifier.verify(List.of()).chains().getFirst().events()).isEqualTo(3);
  }

  private static void erase(String which) {
    assertThat(
            ROOM.database()
                .execute(
                    "update audit_event set salt = null, actor_name = null, detail = null where "
                        + which))
        .isPositive();
  }

  private void finds(Kind kind, long sequence) {
    List<AuditFinding> findings = verifier.verify(List.of()).findings();
    assertThat(findings).extracting(AuditFinding::kind).containsExactly(kind);
    assertThat(findings.getFirst().sequence()).isEqualTo(sequence);
    assertThat(findings.getFirst().chain()).isEqualTo("node-1");
    assertThat(findings.getFirst().text()).contains(String.valueOf(sequence));
  }

  private static List<Kind> kinds(AuditReport report) {
    return report.findings().stream().map(AuditFinding::kind).toList();
  }

  private static void cutAfterSeven() {
    tamper("delete from audit_event where sequence > 7");
    tamper(
        """
        update audit_chain set sequence = 7,
            hash = (select hash from audit_event where sequence = 7)
        """);
  }

  private static void swapRows(int first, int second) {
    tamper("update audit_event set sequence = 1000 where sequence = " + first);
    tamper("update audit_event set sequence = " + first + " where sequence = " + second);
    tamper("update audit_event set sequence = " + second + " where sequence = 1000");
  }

  private static void putInAtFive() {
    tamper("update audit_event set sequence = 100 + sequence where sequence >= 5");
    tamper("update audit_event set sequence = sequence - 99 where sequence > 100");
    tamper(
        """
        insert into audit_event
        select chain, 5, at, actor, actor_name, action, tenant, object, 'never was', hash
        from audit_event where sequence = 4
        """);
    tamper("update audit_chain set sequence = 11");
  }

  private static void tamper(String sql) {
    assertThat(ROOM.database().overrule(sql)).isPositive();
  }

  private static void append(String chain, String detail) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcAuditTrail(chain, Bookroom.CLOCK, new SecureRandom())
                  .append(tx, SYSTEM, "test.done", Optional.of(HASSFURT), "test:1", detail);
              return true;
            });
  }
}
