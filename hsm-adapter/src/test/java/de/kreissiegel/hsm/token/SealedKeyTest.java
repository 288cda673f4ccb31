package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SealedKeyTest {
  private static final char[] PASSPHRASE = "grüne Äpfel im Keller".toCharArray();
  private static PrivateKeyInfo secret;
  private static byte[] file;

  @BeforeAll
  static void seal() throws Exception {
    secret =
        PrivateKeyInfo.getInstance(
            KeyPairs.make(KeyAlgorithm.ECDSA_P256, new SecureRandom()).getPrivate().getEncoded());
    file = SealedKey.seal(KeyAlgorithm.ECDSA_P256, secret, keys(PASSPHRASE)).toFile();
  }

  private static PassphraseKeys keys(char[] passphrase) {
    return new PassphraseKeys(passphrase, new SecureRandom());
  }

  /** A stranger's program needs to know nothing but the passphrase. */
  @Test
  void isOpenedByAnotherReaderOfTheStandardFormat() throws Exception {
    PrivateKeyInfo opened =
        SealedKey.ofFile(file)
            .encrypted()
            .decryptPrivateKeyInfo(
                new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(PASSPHRASE));
    assertThat(opened.getPrivateKey()).isEqualTo(secret.getPrivateKey());
  }

  @Test
  void sealsAllUnderOneSaltAndEachUnderItsOwnVector() throws Exception {
    try (PassphraseKeys keys = keys(PASSPHRASE)) {
      PBES2Parameters one = parameters(SealedKey.seal(KeyAlgorithm.ECDSA_P256, secret, keys));
      PBES2Parameters other = parameters(SealedKey.seal(KeyAlgorithm.ECDSA_P256, secret, keys));
      assertThat(one.getKeyDerivationFunc()).isEqualTo(other.getKeyDerivationFunc());
      assertThat(one.getEncryptionScheme()).isNotEqualTo(other.getEncryptionScheme());
    }
  }

  @Test
  void sealsUnderTheSaltThatItMet() throws Exception {
    SealedKey met = SealedKey.ofFile(file);
    try (PassphraseKeys keys = keys(PASSPHRASE)) {
      assertThat(met.open(keys).getPrivateKey()).isEqualTo(secret.getPrivateKey());
      SealedKey next = SealedKey.seal(KeyAlgorithm.ECDSA_P256, secret, keys);
      assertThat(parameters(next).getKeyDerivationFunc())
          .isEqualTo(parameters(met).getKeyDerivationFunc());
      assertThat(next.open(keys(PASSPHRASE)).getPrivateKey()).isEqualTo(secret.getPrivateKey());
    }
  }

  @Test
  void staysClosedToAnotherPassphrase() {
    SealedKey sealed = SealedKey.ofFile(file);
    assertThatThrownBy(() -> sealed.open(keys("grüne Äpfel im Keler".toCharArray())))
        .isInstanceOf(KeyUnreadable.class);
  }

  private static PBES2Parameters parameters(SealedKey sealed) {
    return PBES2Parameters.getInstance(sealed.encrypted().getEncryptionAlgorithm().getParameters());
  }

  @Test
  void opensAgain() throws Exception {
    SealedKey sealed = SealedKey.ofFile(file);
    assertThat(sealed.algorithm()).isEqualTo(KeyAlgorithm.ECDSA_P256);
    assertThat(sealed.open(keys(PASSPHRASE)).getPrivateKey()).isEqualTo(secret.getPrivateKey());
  }

  @Test
  void saysItsAlgorithmAndNothingElse() {
    String text = new String(file, StandardCharsets.US_ASCII);
    assertThat(text)
        .startsWith("algorithm: ecdsa-p256\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
        .endsWith("-----END ENCRYPTED PRIVATE KEY-----\n");
    byte[] scalar = secret.getPrivateKey().getOctets();
    assertThat(text.replaceAll("\\s", ""))
        .doesNotContain(Base64.getEncoder().encodeToString(scalar).substring(4, 40));
  }

  @Test
  void findsAnotherAlgorithmInItsText() throws Exception {
    String other =
        new String(file, StandardCharsets.US_ASCII).replace("ecdsa-p256", "ecdsa-brainpoolP256r1");
    SealedKey sealed = SealedKey.ofFile(other.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> sealed.open(keys(PASSPHRASE)))
        .isInstanceOf(KeyUnreadable.class)
        .hasMessageContaining("another algorithm");
  }

  @Test
  void refusesWhatIsNoSealedKey() {
    String text = new String(file, StandardCharsets.US_ASCII);
    String[] malformed = {
      "",
      "algorithm: ecdsa-p256\n",
      text.substring(text.indexOf('\n') + 1),
      text.replace("ecdsa-p256", "rot13"),
      text.replace("ENCRYPTED PRIVATE", "PUBLIC"),
      text.substring(0, text.length() / 2),
      "algorithm: ecdsa-p256\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n"
          + "-----END ENCRYPTED PRIVATE KEY-----\n",
      " ".repeat(100_000)
    };
    for (String one : malformed) {
      assertThatIllegalArgumentException()
          .as(one)
          .isThrownBy(() -> SealedKey.ofFile(one.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** Else a backup from elsewhere could ask for all the memory there is. */
  @Test
  void refusesOtherCosts() throws Exception {
    String hex = HexFormat.of().formatHex(SealedKey.ofFile(file).encrypted().getEncoded());
    String ours = "0203008000020108020101";
    assertThat(hex).containsOnlyOnce(ours);
    for (String other :
        new String[] {
          "0203400000020108020101", "0203008000020178020101", "0203008000020108020140"
        }) {
      SealedKey costly =
          new SealedKey(
              KeyAlgorithm.ECDSA_P256,
              new PKCS8EncryptedPrivateKeyInfo(HexFormat.of().parseHex(hex.replace(ours, other))));
      assertThatIllegalArgumentException().isThrownBy(() -> SealedKey.ofFile(costly.toFile()));
    }
  }
}
