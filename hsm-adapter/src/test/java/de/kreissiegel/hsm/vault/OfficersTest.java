package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.approval.OfficerSigner;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.CertificateRules;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.KeyUsageFlag;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.policy.Marks;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.ValidityRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole vault, from the first officers on; its attackers hold the web host. */
class OfficersTest {
  private static final KeyId PEOPLE = new KeyId("people");
  private static final String TENANT = "Stadt Test";
  private static final String APPLICANT = "11111111-0000-4000-8000-000000000001";
  private static final String ERIKA = "aaaaaaaa-0000-4000-8000-00000000000a";
  private static final String MAX = "bbbbbbbb-0000-4000-8000-00000000000b";
  private static final int KEY_COMPROMISE = 1;

  @TempDir private Path temporary;

  private final WalkingClock clock = new WalkingClock(Instant.parse("2026-11-22T08:00:00Z"));
  private Vault vault;
  private VaultKey key;
  private OfficerSigner erika;
  private OfficerSigner max;
  private long listNumber;

  @BeforeEach
  void appointsTheFirstOfficers() throws Exception {
    erika = new OfficerSigner(ERIKA, "Erika", TENANT, TENANT);
    max = new OfficerSigner(MAX, "Max", TENANT, TENANT);
    vault =
        Vault.create(
            temporary.resolve("vault"),
            TestVault.PASSPHRASE.toCharArray(),
            TestVault.CEREMONY_PASSPHRASE.toCharArray(),
            clock,
            new SecureRandom());
    key = vault.makeKey(PEOPLE, KeyAlgorithm.ECDSA_P256, policy(), Optional.empty());
    vault.lock(Vault.CEREMONY_KEY);
    certify(erika);
    certify(max);
    list(Map.of());
  }

  @AfterEach
  void closes() {
    vault.close();
  }

  private KeyPolicy policy() {
    Bytes issuer = Structures.name(TestVault.ISSUER);
    ValidityRules validity =
        new ValidityRules(
            Duration.ofDays(400), Optional.empty(), Duration.ofHours(2), Optional.empty());
    CertificateKind officer =
        CertificateKind.endEntity("officer", usage(KeyUsageFlag.DIGITAL_SIGNATURE), validity)
            .with(new ApprovalRule(2, false));
    CertificateKind mail =
        CertificateKind.endEntity("mail", usage(KeyUsageFlag.KEY_AGREEMENT), validity)
            .with(new ApprovalRule(2, false));
    return KeyPolicy.of(
            new CertificateRules(
                issuer,
                Optional.empty(),
                clock.instant().plus(Duration.ofDays(1000)),
                List.of(),
                List.of(officer, mail)),
            new ListRules(issuer, Duration.ofDays(32), Duration.ofHours(2)))
        .with(
            new OfficerRules(
                "officer", Set.of(fingerprint(erika), fingerprint(max)), Duration.ofDays(2)));
  }

  private static Marks usage(KeyUsageFlag flag) {
    return Marks.endEntity().withKeyUsages(Set.of(Set.of(flag)));
  }

  private static Bytes fingerprint(OfficerSigner officer) {
    return Digests.sha256(officer.publicKey().toArray());
  }

  private void certify(OfficerSigner officer) throws Exception {
    Bytes tbs =
        officer.tbs(
            TestVault.ISSUER,
            key.signatureAlgorithm(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(300)));
    Signed signed = vault.sign(Structures.request(key, SignedStructure.CERTIFICATE, tbs));
    officer.certified(tbs, key.signatureAlgorithm(), signed.signature().toArray());
  }

  private void list(Map<BigInteger, Integer> revoked) throws Exception {
    vault.sign(
        Structures.request(
            key,
            SignedStructure.CERTIFICATE_LIST,
            Structures.list(
                TestVault.ISSUER,
                key,
                clock.instant(),
                clock.instant().plus(Duration.ofDays(7)),
                ++listNumber,
                revoked)));
  }

  /** An application, as the officers see it and as the vault will read it. */
  private final class Application {
    private final UUID id = UUID.randomUUID();
    private final Structures.CertificateDraft draft =
        Structures.certificate(clock.instant(), key)
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));

    Application(String commonName) throws Exception {
      draft.subject = new X500Name("C=DE,O=" + TENANT + ",CN=" + commonName);
      draft.publicKey = TestKeys.p256().getPublic().getEncoded();
    }

    AskedCertificate seen() {
      return new AskedCertificate(
          id,
          PEOPLE,
          "mail",
          Structures.name(TestVault.ISSUER),
          draft.serial,
          Structures.name(draft.subject),
          Optional.empty(),
          Bytes.of(draft.publicKey),
          draft.notBefore,
          draft.notAfter,
          Optional.of(TENANT),
          Optional.empty());
    }

    Evidence by(OfficerSigner officer) {
      return officer.approve(seen(), APPLICANT, clock.instant());
    }

    Signed sign(Evidence... evidence) throws Exception {
      return vault.sign(
          new SignRequest(
              id, PEOPLE, SignedStructure.CERTIFICATE, draft.encoded(), List.of(evidence)));
    }
  }

  private void refused(String rule, ThrowingCallable asks) throws Exception {
    assertThatThrownBy(asks).isInstanceOf(SigningRefused.class).hasMessageContaining(rule);
    List<JournalRecord> entries = vault.journal(0, 1000);
    assertThat(entries.getLast().happening()).isEqualTo(Happening.REFUSED);
    assertThat(entries.getLast().rule()).contains(rule);
    assertThat(vault.health().lastRefusal()).isPresent();
  }

  @Test
  void signsWhatTwoOfficersApproved() throws Exception {
    Application application = new Application("Ingrid Muster");
    Signed signed = application.sign(application.by(erika), application.by(max));

    assertThat(application.sign(application.by(erika), application.by(max))).isEqualTo(signed);
    assertThat(vault.health().refusals()).isZero();
  }

  @Test
  void refusesAndJournalsWhatNobodyOrOneAloneApproved() throws Exception {
    Application application = new Application("Ingrid Muster");
    refused("approval-missing", () -> application.sign());
    refused("approval-missing", () -> application.sign(application.by(erika)));
  }

  @Test
  void refusesApprovalsOverAnotherRequestAnotherKeyOrOtherNames() throws Exception {
    Application approved = new Application("Ingrid Muster");
    Evidence[] both = {approved.by(erika), approved.by(max)};

    Application replayed = new Application("Ingrid Muster");
    refused("approval-request", () -> replayed.sign(both));
    byte[] own = approved.draft.publicKey;
    approved.draft.publicKey = TestKeys.p256().getPublic().getEncoded();
    refused("approval-public-key", () -> approved.sign(both));
    approved.draft.publicKey = own;
    approved.draft.subject = new X500Name("C=DE,O=" + TENANT + ",CN=Somebody Else");
    refused("approval-subject", () -> approved.sign(both));
  }

  @Test
  void refusesASelfMadeOfficer() throws Exception {
    OfficerSigner eve =
        new OfficerSigner("eeeeeeee-0000-4000-8000-00000000000e", "Eve", TENANT, "*");
    Bytes tbs =
        eve.tbs(
            TestVault.ISSUER,
            key.signatureAlgorithm(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(300)));
    eve.certified(tbs, key.signatureAlgorithm(), TestKeys.sign(eve.pair, tbs.toArray()));
    Application application = new Application("Ingrid Muster");
    refused("approval-", () -> application.sign(application.by(eve), application.by(max)));
    // Nor does the vault make her one, with nobody's or one officer's word.
    refused("approval-missing", () -> certify(eve));
  }

  @Test
  void remembersItsOfficersAfterARestart() throws Exception {
    reopen();
    Application application = new Application("Ingrid Muster");
    assertThat(application.sign(application.by(erika), application.by(max))).isNotNull();
    // Nor does it make the first officers a second time.
    OfficerSigner again = new OfficerSigner(erika.pair, ERIKA, "Erika", TENANT, "*");
    refused("approval-missing", () -> certify(again));
  }

  @Test
  void hearsOfARevokedOfficerFromTheListsThatItSigns() throws Exception {
    Application application = new Application("Ingrid Muster");
    Evidence[] both = {application.by(erika), application.by(max)};
    clock.walk(Duration.ofMinutes(1));
    list(Map.of(erika.serial, KEY_COMPROMISE));

    refused("approval-officer-revoked", () -> application.sign(both));
    reopen();
    refused("approval-officer-revoked", () -> application.sign(both));
    refused("revocation-vanished", () -> list(Map.of()));
  }

  @Test
  void believesNoOfficerWhileItHasSignedNoListForLong() throws Exception {
    clock.walk(Duration.ofDays(3));
    Application application = new Application("Ingrid Muster");
    refused(
        "approval-status-stale",
        () -> application.sign(application.by(erika), application.by(max)));
  }

  @Test
  void signsListsWithGrowingNumbersOnly() throws Exception {
    listNumber = 0;
    refused("crl-number", () -> list(Map.of()));
    reopen();
    listNumber = 0;
    refused("crl-number", () -> list(Map.of()));
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
