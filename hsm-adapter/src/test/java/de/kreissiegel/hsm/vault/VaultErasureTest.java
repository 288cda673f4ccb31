package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.approval.OfficerSigner;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.ErasurePlan;
import de.kreissiegel.hsm.journal.ErasureRules.Fate;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.CertificateRules;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.KeyUsageFlag;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.policy.Marks;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.ValidityRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are erased from the journal of a whole vault. */
class VaultErasureTest {
  private static final KeyId PEOPLE = new KeyId("people");
  private static final Set<RetentionClass> CERTIFICATES = Set.of(RetentionClass.CERTIFICATES);
  private static final String ERIKA = "aaaaaaaa-0000-4000-8000-00000000000a";
  private static final String MAX = "bbbbbbbb-0000-4000-8000-00000000000b";

  @TempDir private Path temporary;

  private final WalkingClock clock = new WalkingClock(Instant.parse("2026-11-22T08:00:00Z"));
  private Vault vault;
  private VaultKey key;
  private OfficerSigner erika;
  private OfficerSigner max;

  /** Two first officers and Ingrid are certified; more than a year later, Jutta. */
  @BeforeEach
  void certifies() throws Exception {
    erika = new OfficerSigner(ERIKA, "Erika", "Stadt Test", "Stadt Test");
    max = new OfficerSigner(MAX, "Max", "Stadt Test", "Stadt Test");
    vault =
        Vault.create(
            temporary.resolve("vault"),
            TestVault.PASSPHRASE.toCharArray(),
            TestVault.CEREMONY_PASSPHRASE.toCharArray(),
            clock,
            new SecureRandom());
    key = vault.makeKey(PEOPLE, KeyAlgorithm.ECDSA_P256, policy(erika, max), Optional.empty());
    certify(erika);
    certify(max);
    certify("Ingrid Muster");
    clock.walk(Duration.ofDays(400));
    certify("Jutta Juenger");
  }

  @AfterEach
  void closes() {
    vault.close();
  }

  private KeyPolicy policy(OfficerSigner... first) {
    Bytes issuer = Structures.name(TestVault.ISSUER);
    ValidityRules validity =
        new ValidityRules(
            Duration.ofDays(400), Optional.empty(), Duration.ofHours(2), Optional.empty());
    return KeyPolicy.of(
            new CertificateRules(
                issuer,
                Optional.empty(),
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of(),
                List.of(
                    CertificateKind.endEntity(
                        "officer", usage(KeyUsageFlag.DIGITAL_SIGNATURE), validity),
                    CertificateKind.endEntity(
                        "mail", usage(KeyUsageFlag.KEY_AGREEMENT), validity))),
            new ListRules(issuer, Duration.ofDays(32), Duration.ofHours(2)))
        .with(
            new OfficerRules(
                "officer",
                Stream.of(first)
                    .map(one -> Digests.sha256(one.publicKey().toArray()))
                    .collect(java.util.stream.Collectors.toSet()),
                Duration.ofDays(2)));
  }

  private static Marks usage(KeyUsageFlag flag) {
    return Marks.endEntity().withKeyUsages(Set.of(Set.of(flag)));
  }

  private void certify(OfficerSigner officer) throws Exception {
    sign(
        officer.tbs(
            TestVault.ISSUER,
            key.signatureAlgorithm(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(300))));
  }

  private void certify(String name) throws Exception {
    Structures.CertificateDraft draft =
        Structures.certificate(clock.instant(), key)
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
    draft.subject = new X500Name("C=DE,O=Stadt Test,CN=" + name);
    draft.publicKey = TestKeys.p256().getPublic().getEncoded();
    sign(draft.encoded());
  }

  private Signed sign(Bytes tbs) throws Exception {
    return vault.sign(Structures.request(key, SignedStructure.CERTIFICATE, tbs));
  }

  /** As the authority does when it has read everything. */
  private void takesAllIn() throws Exception {
    JournalRecord last = vault.journal(0, 1000).getLast();
    vault.takenIn(last.index() + 1, last.entryHash());
  }

  private ErasurePlan plan() throws Exception {
    return vault.planErasure(CERTIFICATES, clock.instant());
  }

  private static Bytes order(ErasurePlan plan) {
    return plan.order(List.of("Otto", "Olga"), "a-record", "Art. 17").encoded();
  }

  private Bytes signed(Bytes order) throws Exception {
    return vault
        .sign(
            new SignRequest(
                UUID.randomUUID(), Vault.CEREMONY_KEY, SignedStructure.ERASURE_ORDER, order))
        .signature();
  }

  private static long count(ErasurePlan plan, Fate fate) {
    return plan.files().stream()
        .mapToLong(file -> file.count(RetentionClass.CERTIFICATES, fate))
        .sum();
  }

  @Test
  void forgetsNamesButNotItsOfficers() throws Exception {
    takesAllIn();
    ErasurePlan plan = plan();
    assertThat(count(plan, Fate.GOES)).isEqualTo(1);
    assertThat(count(plan, Fate.NEEDED)).isEqualTo(2);
    assertThat(count(plan, Fate.YOUNG)).isEqualTo(1);
    Bytes order = order(plan);
    assertThat(vault.erase(order, signed(order))).isEqualTo(1);

    reopen();
    assertThat(onDisk("Ingrid")).isFalse();
    assertThat(onDisk("Erika")).isTrue();
    assertThat(onDisk("Jutta")).isTrue();
    // The first officers' keys are remembered: they are not certified a second time.
    assertThatThrownBy(() -> certify(erika))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining("approval-missing");
    assertThat(VaultInspection.of(temporary.resolve("vault"), List.of()).journal().findings())
        .isEmpty();
  }

  @Test
  void forgetsAnOfficerWhoseTimeIsOverAndWhomNoPolicyNames() throws Exception {
    vault.changePolicy(PEOPLE, policy(max));
    takesAllIn();
    assertThat(count(plan(), Fate.GOES)).isEqualTo(2);
    assertThat(count(plan(), Fate.NEEDED)).isEqualTo(1);
  }

  @Test
  void keepsAnOfficerWhoMayStillDecide() throws Exception {
    OfficerSigner young = new OfficerSigner(ERIKA, "Erna", "Stadt Test", "Stadt Test");
    vault.changePolicy(PEOPLE, policy(young));
    certify(young);
    vault.changePolicy(PEOPLE, policy());
    clock.walk(Duration.ofDays(1));
    takesAllIn();
    assertThat(count(plan(), Fate.NEEDED)).isEqualTo(1);
  }

  @Test
  void erasesNothingThatTheAuthorityDidNotTakeIn() throws Exception {
    assertThat(count(plan(), Fate.UNREAD)).isEqualTo(1);
    List<JournalRecord> entries = vault.journal(0, 1000);
    long ingrid = entries.get(entries.size() - 2).index();
    vault.takenIn(ingrid, entries.get((int) ingrid - 1).entryHash());
    assertThat(count(plan(), Fate.UNREAD)).isEqualTo(1);
    vault.takenIn(ingrid + 1, entries.get((int) ingrid).entryHash());
    assertThat(count(plan(), Fate.UNREAD)).isZero();
    reopen();
    assertThat(count(plan(), Fate.GOES)).isEqualTo(1);
  }

  @Test
  void believesNobodyWhoHasReadAnotherJournal() throws Exception {
    takesAllIn();
    Bytes other = Digests.sha256();
    assertThatThrownBy(() -> vault.takenIn(3, other)).isInstanceOf(SigningUnavailable.class);
    assertThatThrownBy(() -> vault.takenIn(1000, other)).isInstanceOf(SigningUnavailable.class);
    assertThat(count(plan(), Fate.GOES)).isEqualTo(1);
    Files.writeString(
        temporary.resolve("vault/taken-in"), "3 " + other.toHex() + "\n", StandardCharsets.UTF_8);
    assertThat(count(plan(), Fate.UNREAD)).isEqualTo(1);
  }

  @Test
  void refusesAndJournalsOrdersThatTheCeremonysKeyDidNotSign() throws Exception {
    takesAllIn();
    Bytes order = order(plan());
    Bytes signature = signed(order);
    Bytes stranger = Bytes.of(TestKeys.sign(TestKeys.p256(), order.toArray()));
    refused(order, stranger, "erasure-signature");
    refused(order, Bytes.of(new byte[0]), "erasure-signature");
    refused(Bytes.fromHex("3000"), signature, "erasure-order");
    vault.lock(Vault.CEREMONY_KEY);
    assertThatThrownBy(() -> vault.erase(order, signature)).isInstanceOf(CeremonyClosed.class);
    assertThat(onDisk("Ingrid")).isTrue();
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    assertThat(vault.erase(order, signature)).isEqualTo(1);
    refused(order, signature, "erasure-selection");
  }

  private void refused(Bytes order, Bytes signature, String rule) throws Exception {
    assertThatThrownBy(() -> vault.erase(order, signature))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
    JournalRecord last = vault.journal(0, 1000).getLast();
    assertThat(last.happening()).isEqualTo(Happening.REFUSED);
    assertThat(last.rule()).contains(rule);
  }

  @Test
  void signsNoOrderThatIsNone() throws Exception {
    takesAllIn();
    for (Bytes other :
        List.of(Bytes.fromHex("3000"), Bytes.of("{}".getBytes(StandardCharsets.UTF_8)))) {
      assertThatThrownBy(() -> signed(other)).isInstanceOf(SigningRefused.class);
    }
    assertThatThrownBy(
            () ->
                vault.sign(
                    new SignRequest(
                        UUID.randomUUID(), PEOPLE, SignedStructure.ERASURE_ORDER, order(plan()))))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining("structure");
  }

  private boolean onDisk(String name) throws Exception {
    try (Stream<Path> files = Files.list(temporary.resolve("vault/journal"))) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private void reopen() throws Exception {
    vault.close();
    vault =
        Vault.open(
            temporary.resolve("vault"),
            TestVault.PASSPHRASE.toCharArray(),
            clock,
            new SecureRandom());
  }
}
