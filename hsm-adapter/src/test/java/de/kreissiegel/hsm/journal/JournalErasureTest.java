package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalErasureTest {
  private static final int ENTRIES = 20;
  private static final Set<RetentionClass> CERTIFICATES = Set.of(RetentionClass.CERTIFICATES);

  @TempDir(factory = InMemory.class)
  Path directory;

  private TestJournal made;

  /** Files of about four entries, each second one a certificate; an hour later. */
  @BeforeEach
  void write() throws Exception {
    made = TestJournal.create(directory);
    made.segmentOctets = 1500;
    try (Journal journal = made.open()) {
      for (int i = 0; i < ENTRIES; i++) {
        journal.append(
            TestJournal.draft(
                i, i % 2 == 0 ? SignedStructure.CERTIFICATE : SignedStructure.AUDIT_HEAD, 20));
      }
    }
    made.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  @Test
  void dropsNamesAndKeepsTheChain() throws Exception {
    try (Journal journal = made.open()) {
      assertThat(made.erase(journal, CERTIFICATES, soon())).isEqualTo(ENTRIES / 2);
      holds(journal);
      JournalRecord told = journal.read(ENTRIES + 1, 1, 1).getFirst();
      assertThat(told.happening()).isEqualTo(Happening.ERASED);
      assertThat(told.signature().length()).isPositive();
    }
    try (Journal journal = made.open()) {
      holds(journal);
      assertThat(journal.append(TestJournal.draft(77)).journalIndex()).isEqualTo(ENTRIES + 2);
    }
    VerificationReport report = made.verified();
    assertThat(report.findings()).isEmpty();
    assertThat(report.erasedBodies()).isEqualTo(ENTRIES / 2);
    ErasureTold told = report.erasures().getFirst();
    assertThat(told.signed()).contains(true);
    assertThat(told.order().orderedBy()).containsExactly("Otto", "Olga");
    assertThat(told.order().record()).isEqualTo("20261128T120000Z-erase");
    assertThat(told.order().reason()).isEqualTo("their time is over");
  }

  private static void holds(Journal journal) throws Exception {
    List<JournalRecord> records = journal.read(0, ENTRIES, 1 << 20);
    assertThat(records).hasSize(ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(records.get(i).toBeSigned().isPresent()).isEqualTo(i % 2 == 1);
      assertThat(journal.find(new UUID(7, i)).orElseThrow().signed().journalIndex()).isEqualTo(i);
      if (i % 2 == 0) {
        assertThat(
                journal.claim(
                    TestJournal.draft(i, SignedStructure.CERTIFICATE, 20).claim().orElseThrow()))
            .isFalse();
      }
    }
  }

  @Test
  void saysBeforehandWhatGoesAndWhatStaysAndWhy() throws Exception {
    try (Journal journal = made.open()) {
      ErasurePlan plan =
          journal.planErasure(
              CERTIFICATES,
              soon(),
              10,
              (entry, _) ->
                  entry.kept().orElseThrow().toArray()[3] == 4
                      ? ErasureRules.Fate.NEEDED
                      : ErasureRules.Fate.GOES);
      assertThat(plan.going()).isEqualTo(Map.of(RetentionClass.CERTIFICATES, 4L));
      assertThat(stays(plan, ErasureRules.Fate.NEEDED)).isEqualTo(1);
      assertThat(stays(plan, ErasureRules.Fate.UNREAD)).isEqualTo(5);
      assertThat(plan.files().getFirst().first()).isZero();
      assertThat(plan.files().getLast().last()).isEqualTo(ENTRIES - 1);

      ErasurePlan nothing = made.plan(journal, CERTIFICATES, Instant.now().minusSeconds(60));
      assertThat(nothing.bodies()).isZero();
      assertThat(stays(nothing, ErasureRules.Fate.YOUNG)).isEqualTo(ENTRIES / 2);
      assertThat(made.plan(journal, Set.of(RetentionClass.RELEASES), soon()).files()).isEmpty();
    }
  }

  private static long stays(ErasurePlan plan, ErasureRules.Fate why) {
    return plan.files().stream()
        .mapToLong(file -> file.count(RetentionClass.CERTIFICATES, why))
        .sum();
  }

  @Test
  void refusesAnOrderThatTheCeremonysKeyDidNotSign() throws Exception {
    try (Journal journal = made.open()) {
      ErasureOrder order = made.order(made.plan(journal, CERTIFICATES, soon()));
      Bytes octets = order.encoded();
      Bytes signature = made.signed(octets);
      Bytes stranger = Bytes.of(TestKeys.sign(TestKeys.p256(), octets.toArray()));
      ErasureOrder altered =
          new ErasureOrder(
              order.journal(),
              order.entries(),
              order.head(),
              order.before(),
              order.classes(),
              order.bodies(),
              order.selection(),
              List.of("Otto", "Oskar"),
              order.record(),
              order.reason());
      for (Bytes other : List.of(Bytes.of(new byte[0]), stranger, made.signed(stranger))) {
        refuses(journal, order, other, "erasure-signature");
      }
      refuses(journal, altered, signature, "erasure-signature");
    }
    untouched(0);
  }

  @Test
  void refusesAnOrderForAnotherJournalOrAnotherHistory() throws Exception {
    try (Journal journal = made.open()) {
      ErasurePlan plan = made.plan(journal, CERTIFICATES, soon());
      refuses(
          journal,
          copy(plan, Digests.sha256(), plan.entries(), plan.head(), plan.before()),
          "another journal");
      refuses(
          journal,
          copy(plan, plan.journal(), plan.entries(), Digests.sha256(), plan.before()),
          "another history");
      refuses(
          journal,
          copy(plan, plan.journal(), plan.entries() + 9, plan.head(), plan.before()),
          "another history");
      refuses(
          journal,
          copy(
              plan,
              plan.journal(),
              plan.entries(),
              plan.head(),
              made.clock.instant().plusSeconds(60)),
          "erasure-before");
    }
    untouched(0);
  }

  private ErasureOrder copy(
      ErasurePlan plan, Bytes journal, long entries, Bytes head, Instant before) {
    return new ErasureOrder(
        journal,
        entries,
        head,
        before,
        plan.classes(),
        plan.bodies(),
        plan.selection(),
        List.of("Otto", "Olga"),
        "",
        "");
  }

  @Test
  void refusesAnOrderOverWhatHasToStay() throws Exception {
    try (Journal journal = made.open()) {
      ErasurePlan all = made.plan(journal, CERTIFICATES, soon());
      ErasureOrder order = made.order(all);
      Bytes signature = made.signed(order.encoded());
      journal.append(made.draft(order));
      for (ErasureRules rules :
          List.<ErasureRules>of(
              (_, _) -> ErasureRules.Fate.NEEDED, (_, _) -> ErasureRules.Fate.YOUNG)) {
        assertThatThrownBy(
                () -> journal.erase(order, signature, Long.MAX_VALUE, rules, Digests.sha256()))
            .isInstanceOf(SigningRefused.class)
            .hasMessageContaining("erasure-selection");
      }
      assertThatThrownBy(
              () -> journal.erase(order, signature, 7, TestJournal.ALL_GO, Digests.sha256()))
          .isInstanceOf(SigningRefused.class)
          .hasMessageContaining("erasure-selection");
    }
    untouched(1);
  }

  @Test
  void carriesAnOrderOutOnce() throws Exception {
    try (Journal journal = made.open()) {
      ErasureOrder order = made.order(made.plan(journal, CERTIFICATES, soon()));
      journal.append(made.draft(order));
      Bytes signature = made.signed(order.encoded());
      assertThat(made.erase(journal, order, signature)).isEqualTo(ENTRIES / 2);
      refuses(journal, order, signature, "erasure-selection");
    }
    assertThat(made.verified().erasures()).hasSize(1);
  }

  @Test
  void refusesToTouchAFileThatIsStillWritten() throws Exception {
    try (Journal journal = made.open()) {
      ErasureOrder order = made.order(made.plan(journal, CERTIFICATES, soon()));
      refuses(journal, order, made.signed(order.encoded()), "erasure-open");
    }
    untouched(0);
  }

  private void refuses(Journal journal, ErasureOrder order, String rule) {
    refuses(journal, order, made.signed(order.encoded()), rule);
  }

  private void refuses(Journal journal, ErasureOrder order, Bytes signature, String rule) {
    assertThatThrownBy(() -> made.erase(journal, order, signature))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  private void untouched(int more) throws IOException {
    VerificationReport report = made.verified();
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(ENTRIES + more);
    assertThat(report.erasedBodies()).isZero();
  }

  @Test
  void completesAtTheNextStartWhatACrashBrokeOff() throws Exception {
    for (Step last : List.of(Step.SYNCED, Step.ERASURE_WRITTEN, Step.ERASURE_DONE)) {
      TestJournal crashed = made.copied(beside(last.name()));
      crashed.clock = made.clock;
      try (Journal journal = crashed.open()) {
        ErasureOrder order = crashed.order(crashed.plan(journal, CERTIFICATES, soon()));
        journal.append(crashed.draft(order));
      }
      crashed.steps =
          step -> {
            if (step == last) {
              throw new IOException("a crash");
            }
          };
      Journal journal = crashed.open();
      ErasureOrder order = crashed.order(crashed.plan(journal, CERTIFICATES, soon()));
      // The order before has closed the file; this one's entry is the only one that is written.
      assertThatThrownBy(() -> crashed.erase(journal, order, crashed.signed(order.encoded())))
          .isInstanceOfAny(IOException.class, JournalStopped.class);
      TestJournal found = crashed.copied(beside(last + "-found"));
      found.clock = made.clock;
      try (Journal again = found.open()) {
        assertThat(again.read(0, 1, 1).getFirst().toBeSigned()).as(last.name()).isEmpty();
      }
      VerificationReport report = found.verified();
      assertThat(report.findings()).as(last.name()).isEmpty();
      assertThat(report.erasedBodies()).as(last.name()).isEqualTo(ENTRIES / 2);
      assertThat(found.directory).isDirectoryNotContaining("glob:**.new");
    }
  }

  private Path beside(String name) {
    return directory.resolveSibling(directory.getFileName() + "-" + name);
  }

  @Test
  void believesNoEntryThatTellsOfAnErasureWhichNobodySigned() throws Exception {
    try (Journal journal = made.open()) {
      ErasureOrder order = made.order(made.plan(journal, CERTIFICATES, soon()));
      // As somebody would write it who has the signer's files, but not the ceremony's key.
      made.orders = (_, _) -> true;
      journal.append(made.draft(order));
    }
    try (Journal forged = made.open()) {
      made.erase(
          forged, made.order(made.plan(forged, CERTIFICATES, soon())), Bytes.of(new byte[] {1}));
    }
    made.orders = OrderSignatures.by(made.publicKey);
    assertThatThrownBy(made::open)
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("didn't sign the order");
    assertThat(made.verified().findings())
        .anySatisfy(finding -> assertThat(finding.sentence()).contains("didn't sign the order"));
    assertThat(made.verify().erasures().getFirst().signed()).isEmpty();
  }

  @Test
  void findsABodyThatNobodyOrderedToDrop() throws Exception {
    Path file = Segments.file(directory, 0);
    byte[] whole = Files.readAllBytes(file);
    byte[] first = TestJournal.frames(file).getFirst();
    int mark = Segments.mark().length;
    int body = first[4] << 24 | first[5] << 16 | first[6] << 8 | (first[7] & 0xFF);
    byte[] shorter = Arrays.copyOf(first, first.length - body);
    Arrays.fill(shorter, 4, 8, (byte) 0);
    var changed = new ByteArrayOutputStream();
    changed.write(whole, 0, mark);
    changed.writeBytes(shorter);
    changed.write(whole, mark + first.length, whole.length - mark - first.length);
    Files.write(file, changed.toByteArray());

    assertThat(made.verify().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.ERASED));
    assertThatThrownBy(made::open)
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("entry 0");
  }

  @Test
  void exportsWhoOrderedWhatAndNoNames() throws Exception {
    try (Journal journal = made.open()) {
      made.erase(journal, CERTIFICATES, soon());
    }
    var out = new ByteArrayOutputStream();
    JournalExport.write(directory, made.publicKey, 0, out);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(ENTRIES + 2);
    assertThat(lines.get(0)).contains("\"erased\":true").doesNotContain("\"kept\"");
    assertThat(lines.get(1)).contains("\"erased\":false", "\"kept\"");
    assertThat(lines.get(ENTRIES))
        .contains("\"structure\":\"erasure-order\"", "\"orderedBy\":[\"Otto\",\"Olga\"]");
    assertThat(lines.get(ENTRIES + 1))
        .contains(
            "\"happening\":\"erased\"",
            "\"classes\":[\"certificates\"]",
            "\"bodies\":10",
            "\"record\":\"20261128T120000Z-erase\"",
            "\"files\":[{\"first\":0,");
  }

  @Test
  void readsAnOrderBackAndNothingElse() throws Exception {
    ErasureOrder order;
    try (Journal journal = made.open()) {
      order = made.order(made.plan(journal, CERTIFICATES, soon()));
    }
    assertThat(ErasureOrder.read(order.encoded())).isEqualTo(order);
    byte[] longer = Arrays.copyOf(order.encoded().toArray(), order.encoded().length() + 1);
    assertThatThrownBy(() -> ErasureOrder.read(Bytes.of(longer)))
        .isInstanceOf(IllegalArgumentException.class);
    for (List<String> people :
        List.of(
            List.of("Otto"), List.of("Otto", "Otto"), List.of("Otto", "a\nb"), List.<String>of())) {
      assertThatThrownBy(
              () ->
                  new ErasureOrder(
                      order.journal(),
                      order.entries(),
                      order.head(),
                      order.before(),
                      order.classes(),
                      order.bodies(),
                      order.selection(),
                      people,
                      "",
                      ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsNoClassOfWhatIsKeptForGood() {
    assertThat(
            List.of(
                SignedStructure.KEY_POLICY,
                SignedStructure.CERTIFICATE_LIST,
                SignedStructure.AUDIT_HEAD,
                SignedStructure.CEREMONY_RECORD,
                SignedStructure.CERTIFICATION_REQUEST,
                SignedStructure.ERASURE_ORDER))
        .extracting(RetentionClass::of)
        .containsOnly(Optional.empty());
  }
}
