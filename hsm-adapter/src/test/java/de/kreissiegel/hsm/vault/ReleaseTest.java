package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.LesserRules;
import de.kreissiegel.hsm.policy.ReleaseRules;
import de.kreissiegel.hsm.policy.SignatureRate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest.Purpose;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is encrypted to the vault comes out only with a receipt in the journal. */
class ReleaseTest {
  private static final KeyId SCEP = new KeyId("scep");
  private static final KeyId ESCROW = new KeyId("escrow");
  private static final byte[] SECRET = "a content key".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path temporary;
  private Vault vault;
  private VaultKey scep;

  @BeforeEach
  void hasAKeyOfEachPurpose() throws Exception {
    vault = TestVault.copy(temporary.resolve("vault"));
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    scep =
        vault.makeKey(
            SCEP, KeyAlgorithm.RSA_3072_DECRYPT, policy(Purpose.DECRYPT, 0), Optional.empty());
    vault.makeKey(
        ESCROW, KeyAlgorithm.RSA_3072_DECRYPT, policy(Purpose.UNWRAP, 2), Optional.empty());
    vault.lock(Vault.CEREMONY_KEY);
  }

  @AfterEach
  void closes() {
    vault.close();
  }

  private static KeyPolicy policy(Purpose purpose, int officers) {
    return KeyPolicy.of(
        new LesserRules(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ReleaseRules(
                    purpose,
                    Set.of(Scheme.RSA_OAEP_SHA256),
                    512,
                    officers,
                    new SignatureRate(3, 0)))));
  }

  private static Bytes encrypted(VaultKey key) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(key.publicKey().toArray())),
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    return Bytes.of(cipher.doFinal(SECRET));
  }

  private static ReleaseRequest request(KeyId key, Purpose purpose, Scheme scheme, Bytes octets) {
    return new ReleaseRequest(UUID.randomUUID(), key, purpose, scheme, octets, List.of());
  }

  private ReleaseRequest honest() throws Exception {
    return request(SCEP, Purpose.DECRYPT, Scheme.RSA_OAEP_SHA256, encrypted(scep));
  }

  private void refused(String rule, ReleaseRequest request) {
    assertThatThrownBy(() -> vault.release(request))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  @Test
  void opensWithAReceiptThatTheJournalsKeySigned() throws Exception {
    ReleaseRequest request = honest();
    Released released = vault.release(request);

    assertThat(released.octets().toArray()).isEqualTo(SECRET);
    JournalRecord receipt = vault.journal(released.journalIndex(), 1).getFirst();
    assertThat(receipt.structure()).isEqualTo(SignedStructure.RELEASE_RECEIPT);
    assertThat(receipt.requestId()).isEqualTo(request.id());
    assertThat(
            PublicKeys.verifies(
                vault.journalPublicKey(),
                receipt.toBeSigned().orElseThrow().toArray(),
                receipt.signature().toArray()))
        .isTrue();
    assertThat(receipt.toBeSigned().orElseThrow().toHex()).doesNotContain(Bytes.of(SECRET).toHex());
    assertThat(released.toString()).doesNotContain(Bytes.of(SECRET).toHex());
  }

  @Test
  void answersTheSameAgainUnderOneReceipt() throws Exception {
    ReleaseRequest request = honest();
    assertThat(vault.release(request)).isEqualTo(vault.release(request));
    ReleaseRequest other =
        new ReleaseRequest(
            request.id(), SCEP, Purpose.DECRYPT, request.scheme(), encrypted(scep), List.of());
    refused("made before", other);
  }

  @Test
  void keepsToThePurposeTheSchemeTheSizeAndTheRate() throws Exception {
    Bytes octets = encrypted(scep);
    refused("release-purpose", request(SCEP, Purpose.UNWRAP, Scheme.RSA_OAEP_SHA256, octets));
    refused("release-scheme", request(SCEP, Purpose.DECRYPT, Scheme.RSA_PKCS1, octets));
    refused(
        "size", request(SCEP, Purpose.DECRYPT, Scheme.RSA_OAEP_SHA256, Bytes.of(new byte[513])));
    refused(
        "structure", request(TestVault.AUDIT_KEY, Purpose.DECRYPT, Scheme.RSA_OAEP_SHA256, octets));
    for (int i = 0; i < 3; i++) {
      vault.release(honest());
    }
    refused("rate-per-minute", honest());
  }

  @Test
  void unwrapsNothingWithoutOfficers() throws Exception {
    VaultKey escrow = TestVault.key(vault, ESCROW);
    refused(
        "approval-missing",
        request(ESCROW, Purpose.UNWRAP, Scheme.RSA_OAEP_SHA256, encrypted(escrow)));
  }

  @Test
  void signsNothingWithAKeyThatDecrypts() throws Exception {
    assertThatThrownBy(
            () ->
                vault.sign(
                    Structures.request(
                        scep,
                        SignedStructure.RELEASE_RECEIPT,
                        Bytes.of("receipt".getBytes(StandardCharsets.US_ASCII)))))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining("structure");
  }
}
