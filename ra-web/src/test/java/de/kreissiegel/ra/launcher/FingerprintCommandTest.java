package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCommandTest {
  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();

  @Test
  void saysTheKeysHash() throws Exception {
    KeyPair pair = pair("secp256r1");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
    assertThat(ask(request(pair, pair))).isZero();
    assertThat(words.toString()).isEqualToIgnoringNewLines(HexFormat.of().formatHex(hash));
  }

  @Test
  void saysNothingOfAKeyThatTheAskerLacks() throws Exception {
    assertThat(ask(request(pair("secp256r1"), pair("secp256r1")))).isEqualTo(1);
    assertThat(words.toString()).contains("possession");
  }

  @Test
  void saysNothingOfAKeyThatIsNeverCertified() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    assertThat(ask(request(pair, pair))).isEqualTo(1);
    assertThat(words.toString()).contains("3072 to 8192 bits");
  }

  @Test
  void tellsWhatIsNoRequest() throws Exception {
    assertThat(ask("not a request")).isEqualTo(1);
    assertThat(words.toString()).contains("not a PKCS#10 request");
  }

  private int ask(String request) throws Exception {
    Path file = Files.writeString(folder.resolve("request.pem"), request);
    var out = new PrintWriter(words, true);
    return Kreissiegel.commandLine()
        .setOut(out)
        .setErr(out)
        .execute("ceremony", "fingerprint", file.toString());
  }

  private static KeyPair pair(String curve) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String request(KeyPair asked, KeyPair signing) throws Exception {
    return Pem.certificationRequest(
        Bytes.of(
            new JcaPKCS10CertificationRequestBuilder(new X500Principal(""), asked.getPublic())
                .build(
                    new JcaContentSignerBuilder(
                            "SHA256with"
                                + signing.getPrivate().getAlgorithm().replace("EC", "ECDSA"))
                        .build(signing.getPrivate()))
                .getEncoded()));
  }
}
