package de.kreissiegel.hsm.approval;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.TestKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PossessionTest {
  private static final ApprovalRule PROOF = new ApprovalRule(0, true);
  private Scene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
  }

  private static byte[] request(KeyPair claimed, KeyPair signer, String algorithm)
      throws Exception {
    return new JcaPKCS10CertificationRequestBuilder(
            new X500Name("CN=vpn.test.example"), claimed.getPublic())
        .build(
            new JcaContentSignerBuilder(algorithm)
                .setProvider(new BouncyCastleProvider())
                .build(signer.getPrivate()))
        .getEncoded();
  }

  private static Evidence proof(byte[] request) {
    return new Evidence.ProofOfPossession(Bytes.of(request), Optional.of("acme"));
  }

  private AskedCertificate asked(KeyPair pair) {
    AskedCertificate any = scene.asked;
    return new AskedCertificate(
        any.request(),
        any.key(),
        any.kind(),
        any.issuer(),
        any.serial(),
        any.subject(),
        any.alternativeNames(),
        Bytes.of(pair.getPublic().getEncoded()),
        any.notBefore(),
        any.notAfter(),
        any.tenant(),
        Optional.empty());
  }

  private List<Approver> check(KeyPair asked, ApprovalRule rule, Evidence... evidence)
      throws Exception {
    return scene.approvals.check(asked(asked), rule, Scene.RULES, List.of(evidence));
  }

  @ParameterizedTest
  @CsvSource({
    "EC,secp256r1,SHA256withECDSA",
    "EC,secp384r1,SHA384withECDSA",
    "EC,brainpoolP256r1,SHA256withECDSA",
    "Ed25519,Ed25519,Ed25519",
    "ML-DSA,ML-DSA-65,ML-DSA-65"
  })
  void acceptsAProofByTheKeyItself(String kind, String parameter, String algorithm)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, new BouncyCastleProvider());
    if (kind.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(parameter));
    } else if (kind.equals("ML-DSA")) {
      generator.initialize(java.security.spec.NamedParameterSpec.ML_DSA_65);
    }
    KeyPair pair = generator.generateKeyPair();

    assertThat(check(pair, PROOF, proof(request(pair, pair, algorithm)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SHA256withRSA", "SHA384withRSAandMGF1"})
  void acceptsAProofByRsa(String algorithm) throws Exception {
    KeyPair pair = TestRsa.bits3072();

    assertThat(check(pair, PROOF, proof(request(pair, pair, algorithm)))).isEmpty();
  }

  @Test
  void refusesWithoutAProof() throws Exception {
    KeyPair pair = TestKeys.p256();

    ApprovalsTest.refused(() -> check(pair, PROOF), "proof-of-possession");
    assertThat(check(pair, ApprovalRule.NONE)).isEmpty();
  }

  @Test
  void refusesAProofOfAnotherKeyEvenWhereNoneIsNeeded() throws Exception {
    KeyPair pair = TestKeys.p256();
    KeyPair other = TestKeys.p256();
    byte[] others = request(other, other, "SHA256withECDSA");
    byte[] forged = request(pair, other, "SHA256withECDSA");

    ApprovalsTest.refused(() -> check(pair, PROOF, proof(others)), "proof-of-possession");
    ApprovalsTest.refused(
        () -> check(pair, ApprovalRule.NONE, proof(forged)), "proof-of-possession");
  }

  @Test
  void refusesSha1AndBrokenRequests() throws Exception {
    KeyPair pair = TestKeys.p256();
    byte[] honest = request(pair, pair, "SHA256withECDSA");

    for (byte[] bad :
        List.of(
            request(pair, pair, "SHA1withECDSA"),
            Arrays.copyOf(honest, honest.length + 1),
            Arrays.copyOf(honest, honest.length - 1),
            new byte[0],
            new byte[] {0x30, 0})) {
      ApprovalsTest.refused(() -> check(pair, PROOF, proof(bad)), "proof-of-possession");
    }
  }
}
