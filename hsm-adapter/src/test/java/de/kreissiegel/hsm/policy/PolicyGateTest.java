package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyGateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(3650));
  private static final KeyPolicy ISSUING =
      KeyPolicy.issuing(Structures.name(TestVault.ISSUER), Duration.ofDays(825), END);
  private static final KeyPolicy ROOT = KeyPolicy.root(Structures.name(TestVault.ISSUER), END);

  private final PolicyGate gate = new PolicyGate(Clock.fixed(NOW, ZoneOffset.UTC));
  private VaultKey key;

  @BeforeEach
  void makeKey() throws Exception {
    key = TestKeys.told("people", TestKeys.p256());
  }

  private void pass(KeyPolicy policy, SignedStructure structure, Bytes octets)
      throws SigningRefused {
    gate.pass(
        new SignRequest(new java.util.UUID(1, 2), key.id(), structure, octets),
        policy,
        new KeyFacts(
            key.publicKey(), key.signatureAlgorithm(), other -> other.equals(key.publicKey())));
  }

  private void refused(KeyPolicy policy, SignedStructure structure, Bytes octets, String rule) {
    assertThatThrownBy(() -> pass(policy, structure, octets))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  private Structures.CertificateDraft draft() {
    return Structures.certificate(NOW, key);
  }

  private void refusedCertificate(
      KeyPolicy policy, Consumer<Structures.CertificateDraft> change, String rule)
      throws Exception {
    Structures.CertificateDraft draft = draft();
    if (policy == ROOT) {
      draft.authority(0);
    }
    pass(policy, SignedStructure.CERTIFICATE, draft.encoded());
    change.accept(draft);
    refused(policy, SignedStructure.CERTIFICATE, draft.encoded(), rule + ":");
  }

  @Test
  void refusesStructuresThatThePolicyDoesNotName() {
    Bytes list = Structures.list(TestVault.ISSUER, key, NOW, NOW.plus(Duration.ofDays(1)));
    refused(KeyPolicy.ocspResponder(), SignedStructure.CERTIFICATE_LIST, list, "structure:");
    refused(KeyPolicy.audit(), SignedStructure.CERTIFICATE, draft().encoded(), "structure:");
    refused(
        ISSUING,
        SignedStructure.OCSP_RESPONSE,
        Structures.ocsp(key, NOW, NOW.plusSeconds(60)),
        "structure:");
    refused(
        KeyPolicy.nothing(),
        SignedStructure.AUDIT_HEAD,
        Structures.auditHead(1, NOW),
        "structure:");
  }

  @Test
  void holdsTheFrameOfACertificate() throws Exception {
    refusedCertificate(ISSUING, d -> d.issuer = new X500Name("CN=Other"), "issuer");
    refusedCertificate(
        ISSUING,
        d -> d.algorithm = Bytes.fromHex("300a06082a8648ce3d040303").toArray(),
        "signature-algorithm");
    refusedCertificate(ISSUING, d -> d.serial = BigInteger.ONE, "serial-number");
    refusedCertificate(ISSUING, d -> d.serial = d.serial.negate(), "serial-number");
    refusedCertificate(ISSUING, d -> d.serial = BigInteger.ONE.shiftLeft(160), "serial-number");
  }

  @Test
  void holdsTheTimesOfACertificate() throws Exception {
    refusedCertificate(ISSUING, d -> d.notBefore = NOW.minus(Duration.ofHours(3)), "backdating");
    refusedCertificate(ISSUING, d -> d.notAfter = d.notBefore.minusSeconds(1), "validity");
    refusedCertificate(
        ISSUING, d -> d.notAfter = d.notBefore.plus(Duration.ofDays(826)), "longest-validity");
    refusedCertificate(ROOT, d -> d.notAfter = END.plusSeconds(1), "not-after-limit");
  }

  @Test
  void letsAnIssuingKeyMakeNoAuthority() throws Exception {
    refusedCertificate(ISSUING, d -> d.authority(0), "no-authorities");
    refusedCertificate(ISSUING, d -> d.subject = TestVault.ISSUER, "subject-is-issuer");
    refusedCertificate(
        ISSUING,
        d -> d.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)),
        "end-entity-key-usage");
    refusedCertificate(
        ISSUING,
        d -> d.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)),
        "end-entity-key-usage");
  }

  @Test
  void letsOnlyKeysOfTheVaultAnswerOcsp() throws Exception {
    Bytes stranger = TestKeys.told("stranger", TestKeys.p256()).publicKey();
    ExtendedKeyUsage ocsp = new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning);
    pass(
        ISSUING,
        SignedStructure.CERTIFICATE,
        draft().extension(Extension.extendedKeyUsage, false, ocsp).encoded());
    refusedCertificate(
        ISSUING,
        d -> {
          d.publicKey = stranger.toArray();
          d.extension(Extension.extendedKeyUsage, false, ocsp);
        },
        "ocsp-delegation");
  }

  @Test
  void letsARootMakeAuthoritiesOfLessDepthOnly() throws Exception {
    refusedCertificate(ROOT, d -> d.extensions.clear(), "no-end-entities");
    refusedCertificate(
        ROOT,
        d -> {
          d.extensions.clear();
          d.authority(1);
        },
        "path-length");
    refusedCertificate(
        ROOT,
        d -> {
          d.extensions.clear();
          d.extension(Extension.basicConstraints, true, new BasicConstraints(true));
        },
        "path-length");
    refusedCertificate(
        ROOT,
        d -> {
          d.extensions.clear();
          d.extension(Extension.basicConstraints, false, new BasicConstraints(0));
        },
        "basic-constraints-critical");
    refusedCertificate(ROOT, d -> d.extensions.remove(1), "authority-key-usage");
    refusedCertificate(ROOT, d -> d.subject = new X500Name(""), "authority-name");
  }

  @Test
  void letsARootSignItselfWithItsOwnKeyOnly() throws Exception {
    Structures.CertificateDraft own = draft().authority(1);
    own.subject = TestVault.ISSUER;
    pass(ROOT, SignedStructure.CERTIFICATE, own.encoded());
    own.publicKey = TestKeys.told("stranger", TestKeys.p256()).publicKey().toArray();
    refused(ROOT, SignedStructure.CERTIFICATE, own.encoded(), "self-signed-key:");
  }

  @Test
  void holdsACrl() throws Exception {
    Instant next = NOW.plus(Duration.ofDays(7));
    pass(
        ISSUING,
        SignedStructure.CERTIFICATE_LIST,
        Structures.list(TestVault.ISSUER, key, NOW, next));
    refusedList(Structures.list(new X500Name("CN=Other"), key, NOW, next), "issuer:");
    refusedList(
        Structures.list(TestVault.ISSUER, key, NOW.minus(Duration.ofDays(1)), next), "backdating:");
    refusedList(
        Structures.list(TestVault.ISSUER, key, NOW.plus(Duration.ofDays(1)), next), "postdating:");
    refusedList(
        Structures.list(TestVault.ISSUER, key, NOW, NOW.plus(Duration.ofDays(40))),
        "longest-validity:");
    refusedList(Structures.list(TestVault.ISSUER, key, NOW, NOW.minusSeconds(1)), "validity:");
  }

  private void refusedList(Bytes list, String rule) {
    refused(ISSUING, SignedStructure.CERTIFICATE_LIST, list, rule);
  }

  @Test
  void holdsAnOcspAnswer() throws Exception {
    KeyPolicy policy = KeyPolicy.ocspResponder();
    Instant next = NOW.plus(Duration.ofDays(1));
    pass(policy, SignedStructure.OCSP_RESPONSE, Structures.ocsp(key, NOW, next));
    var stranger = new DERTaggedObject(true, 2, new DEROctetString(new byte[20]));
    var byName = new DERTaggedObject(true, 1, TestVault.ISSUER);
    refusedOcsp(policy, Structures.ocsp(stranger, NOW, next), "responder-id:");
    refusedOcsp(policy, Structures.ocsp(byName, NOW, next), "responder-id:");
    pass(
        KeyPolicy.ocspResponder(Structures.name(TestVault.ISSUER)),
        SignedStructure.OCSP_RESPONSE,
        Structures.ocsp(byName, NOW, next));
    refusedOcsp(policy, Structures.ocsp(key, NOW.minus(Duration.ofHours(1)), next), "produced-at:");
    refusedOcsp(policy, Structures.ocsp(key, NOW.plus(Duration.ofHours(1)), next), "produced-at:");
    refusedOcsp(
        policy, Structures.ocsp(key, NOW, NOW.plus(Duration.ofDays(9))), "longest-validity:");
    refusedOcsp(policy, Structures.ocsp(key, NOW, NOW.minusSeconds(1)), "validity:");
    refusedOcsp(
        policy, Structures.ocsp(key, NOW, NOW.plus(Duration.ofMinutes(11)), next), "this-update:");
  }

  private void refusedOcsp(KeyPolicy policy, Bytes answer, String rule) {
    refused(policy, SignedStructure.OCSP_RESPONSE, answer, rule);
  }

  @Test
  void refusesAnAuditHeadThatIsNotOne() throws Exception {
    pass(KeyPolicy.audit(), SignedStructure.AUDIT_HEAD, Structures.auditHead(1, NOW));
    refused(
        KeyPolicy.audit(), SignedStructure.AUDIT_HEAD, Bytes.fromHex("3003020101"), "AUDIT_HEAD");
    refused(KeyPolicy.audit(), SignedStructure.AUDIT_HEAD, draft().encoded(), "AUDIT_HEAD");
  }

  @Test
  void refusesADuplicateExtension() {
    BasicConstraints none = new BasicConstraints(false);
    refused(
        ISSUING,
        SignedStructure.CERTIFICATE,
        draft()
            .extension(Extension.basicConstraints, true, none)
            .extension(Extension.basicConstraints, true, none)
            .encoded(),
        "stands twice");
  }

  @Test
  void refusesOctetsBehindTheEnd() {
    byte[] octets = draft().encoded().toArray();
    refused(
        ISSUING,
        SignedStructure.CERTIFICATE,
        Bytes.of(Arrays.copyOf(octets, octets.length + 1)),
        "behind the end");
  }

  @Test
  void refusesWhatIsTooLarge() {
    refused(ISSUING, SignedStructure.CERTIFICATE, Bytes.of(new byte[(64 << 10) + 1]), "size:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3080020101 0000",
        "308103020101",
        "3082000302 0101",
        "020200 01",
        "0202ff80",
        "010101",
        "0303010001",
        "0300",
        "0500 00",
        "050100",
        "3106020102020101",
        "060180",
        "0603550480",
        "1f8101 00",
        "2403040100",
        "0c02c328",
        "170b3236303130313030303030",
        "3003020101 00",
        "3004020101"
      })
  void readsNothingButDistinguishedEncoding(String hex) {
    byte[] octets = Bytes.fromHex(hex.replace(" ", "")).toArray();
    assertThatThrownBy(() -> StrictDer.check(octets)).isInstanceOf(NotDer.class);
  }

  /** What passes must be what another reader would write; nothing else may come out of parsers. */
  @Test
  void survivesRandomDamage() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Bytes[] originals = {
      draft().authority(0).encoded(),
      Structures.list(TestVault.ISSUER, key, NOW, NOW.plus(Duration.ofDays(1))),
      Structures.ocsp(key, NOW, NOW.plus(Duration.ofDays(1))),
      Structures.auditHead(3, NOW)
    };
    KeyPolicy all =
        new KeyPolicy(
            ROOT.certificates(), ROOT.lists(), KeyPolicy.ocspResponder().ocsp(), true, false);
    for (int round = 0; round < 20_000; round++) {
      int kind = random.nextInt(originals.length);
      byte[] octets = damaged(originals[kind].toArray(), random);
      try {
        pass(all, SignedStructure.values()[kind], Bytes.of(octets));
      } catch (SigningRefused expected) {
        continue;
      } catch (RuntimeException escaped) {
        throw new AssertionError("seed " + seed + " round " + round, escaped);
      }
      try (ASN1InputStream in = new ASN1InputStream(octets)) {
        assertThat(in.readObject().getEncoded("DER"))
            .as("seed " + seed + " round " + round)
            .isEqualTo(octets);
      }
    }
  }

  private static byte[] damaged(byte[] octets, Random random) {
    byte[] changed = octets;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = (byte) random.nextInt();
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed = Arrays.copyOf(changed, Math.max(1, at));
        default -> {
          byte[] longer = Arrays.copyOf(changed, changed.length + 1);
          System.arraycopy(changed, at, longer, at + 1, changed.length - at);
          changed = longer;
        }
      }
    }
    return changed;
  }
}
