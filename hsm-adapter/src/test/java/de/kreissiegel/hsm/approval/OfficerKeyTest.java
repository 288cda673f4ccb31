package de.kreissiegel.hsm.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an officer's program signs is what the vault's parser takes. */
class OfficerKeyTest {
  private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");
  private static final X500Name ISSUER = new X500Name("CN=People");

  private static ApprovalStatement statement() throws Exception {
    return new ApprovalStatement(
        new UUID(1, 2),
        new KeyId("people"),
        "smime",
        Structures.name(new X500Name("CN=Anna")),
        Bytes.of(new byte[0]),
        Bytes.of(TestKeys.p256().getPublic().getEncoded()),
        NOW.plus(Duration.ofDays(400)),
        Duration.ofDays(365),
        "Stadt Test",
        Bytes.of(new byte[0]),
        "anna",
        NOW);
  }

  private static OfficerSigner certified(KeyPair pair) throws Exception {
    OfficerSigner officer = new OfficerSigner(pair, "erika", "Erika", "Stadt Test", "Stadt Test");
    Bytes algorithm = Scene.ECDSA_SHA256;
    Bytes tbs = officer.tbs(ISSUER, algorithm, NOW, NOW.plus(Duration.ofDays(300)));
    return officer.certified(tbs, algorithm, new byte[] {1});
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void signsWhatTheVaultReads(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    KeyPair pair = generator.generateKeyPair();
    byte[] certificate = certified(pair).certificate();
    ApprovalStatement statement = statement();

    Bytes signed = new OfficerKey(pair.getPrivate(), Bytes.of(certificate)).sign(statement);

    SignedApproval read = SignedApproval.read(signed, Optional.empty(), Scene.NOW);
    assertThat(read.statement()).isEqualTo(statement);
    assertThat(read.certificate())
        .isEqualTo(Bytes.of(MessageDigest.getInstance("SHA-256").digest(certificate)));
  }

  @Test
  void isRefusedWithAnotherKeysCertificate() throws Exception {
    byte[] others = certified(TestKeys.p256()).certificate();
    Bytes signed = new OfficerKey(TestKeys.p256().getPrivate(), Bytes.of(others)).sign(statement());

    assertThatThrownBy(() -> SignedApproval.read(signed, Optional.empty(), Scene.NOW))
        .isInstanceOf(SigningRefused.class)
        .hasMessageStartingWith("approval-signature:");
  }

  @Test
  void takesNoKeyOfAnotherKind() throws Exception {
    byte[] certificate = certified(TestKeys.p256()).certificate();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    var rsa = generator.generateKeyPair().getPrivate();

    assertThatThrownBy(() -> new OfficerKey(rsa, Bytes.of(certificate)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
