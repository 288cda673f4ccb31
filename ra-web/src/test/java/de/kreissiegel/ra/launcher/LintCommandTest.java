package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.lint.LintCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTest {
  @TempDir private Path folder;
  private Path der;

  private record Told(int exitCode, String words) {}

  /** Self-signed, without any extension, and valid for thirty years. */
  @BeforeEach
  void makeABadCertificate() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] certificate =
        new JcaX509v3CertificateBuilder(
                new X500Name("CN=GRP - Poststelle"),
                BigInteger.TWO,
                new Date(1_700_000_000_000L),
                new Date(2_646_000_000_000L),
                new X500Name("CN=GRP - Poststelle"),
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    der = Files.write(folder.resolve("bad.cer"), certificate);
  }

  private static Told run(String... arguments) {
    StringWriter words = new StringWriter();
    CommandLine command = Kreissiegel.commandLine();
    command.setOut(new PrintWriter(words));
    command.setErr(new PrintWriter(words));
    return new Told(command.execute(arguments), words.toString());
  }

  @Test
  void saysWhatIsWrongInTheLanguageThatIsAskedFor() {
    Told english = run("lint", der.toString());
    assertThat(english.exitCode).isEqualTo(1);
    assertThat(english.words)
        .contains(der + ": ERROR bsi.validity: ", "vpki.mark-lookalike", "three years");
    Told german = run("lint", "--lang", "de", der.toString());
    assertThat(german.words).contains("drei Jahre").doesNotContain("three years");
  }

  @Test
  void readsEachCertificateOfAPemFile() throws Exception {
    String pem = Pem.certificate(Bytes.of(Files.readAllBytes(der)));
    Path two = Files.writeString(folder.resolve("two.pem"), "text\n" + pem + pem);
    Told told = run("lint", two.toString());
    assertThat(told.words).contains(two + ": ERROR", two + "#2: ERROR");
  }

  @Test
  void holdsAKeyAgainstThePurposeThatIsNamed() {
    assertThat(run("lint", der.toString()).words).doesNotContain("house.purpose");
    assertThat(run("lint", "--purpose", "encryption", der.toString()).words)
        .contains("house.purpose");
    Told told = run("lint", "--purpose", "nothing", der.toString());
    assertThat(told.exitCode).isEqualTo(2);
    assertThat(told.words).contains("there is no purpose nothing");
  }

  @Test
  void writesJson() {
    JsonNode told =
        JsonMapper.builder()
            .build()
            .readTree(run("lint", "--format", "json", der.toString()).words);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).get("certificate").asString()).isEqualTo(der.toString());
    assertThat(told.get(0).get("findings"))
        .anySatisfy(
            finding -> {
              assertThat(finding.get("lint").asString()).isEqualTo("bsi.validity");
              assertThat(finding.get("severity").asString()).isEqualTo("error");
            });
  }

  @Test
  void listsTheCatalog() {
    Told text = run("lint", "--list", "--lang", "de");
    assertThat(text.exitCode).isZero();
    assertThat(text.words.lines()).hasSize(LintCatalog.all().size());
    assertThat(text.words)
        .contains("ERROR rfc5280.version: Die Version ist v3. (RFC 5280 §4.1.2.1)");
    assertThat(
            JsonMapper.builder().build().readTree(run("lint", "--list", "--format", "json").words))
        .hasSize(LintCatalog.all().size());
  }

  @Test
  void saysInOneSentenceWhatItCanNotRead() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no certificate");
    Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n");
    for (Path file : new Path[] {text, key, folder.resolve("none")}) {
      Told told = run("lint", file.toString());
      assertThat(told.exitCode).isEqualTo(1);
      assertThat(told.words).startsWith("kreissiegel: " + file).doesNotContain("\tat ");
    }
    assertThat(run("lint").exitCode).isEqualTo(2);
    assertThat(run("lint", "--weak-keys", folder.resolve("none").toString(), der.toString()).words)
        .contains("the lists of weak keys can't be read");
  }
}
