package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.ceremony.FirstOfficers;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("what is typed comes by the standard input")
class SettingsCommandTest {
  private static final String PASSWORD = "password of the key";

  @TempDir private Path data;

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  @BeforeEach
  void makeAnInstallation() throws Exception {
    KeyPair root = pair();
    AuthorityFiles.write(
        data.resolve("authorities"),
        List.of(
            new AuthorityFiles.Member(
                new AuthorityName("root"),
                new KeyId("root"),
                Optional.empty(),
                Bytes.of(certificate(root)))),
        Map.of());
    FirstOfficers.write(
        Files.createDirectories(data.resolve("trust")),
        Map.of(officer("anna"), "Anna", officer("otto"), "Otto"));
    officer("stranger");
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    Files.writeString(profiles.resolve("smime.yaml"), ProfileCatalog.bundledFile("smime.yaml"));
    Files.writeString(
        data.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          authorities: "%s"
          trust: "%s"
          profiles: "%s"
        """
            .formatted(data.resolve("authorities"), data.resolve("trust"), profiles));
  }

  @Test
  void wantsTheConsentOfTwo() {
    assertThat(show(1).words)
        .contains("all new", "profile smime 2", "file hierarchy.yaml", "0 of 2 consents");

    assertThat(consent("anna", PASSWORD, "yes").words).contains("Kept: 1 of 2");
    assertThat(consent("anna", PASSWORD, "yes").words).contains("Kept: 1 of 2");
    show(1);
    assertThat(consent("otto", PASSWORD, "yes").words).contains("Kept: 2 of 2");
    assertThat(show(0).words).contains("2 of 2 consents");
  }

  @Test
  void showsWhatChangedSinceAndWantsConsentAgain() throws Exception {
    consent("anna", PASSWORD, "yes");
    consent("otto", PASSWORD, "yes");
    Path smime = data.resolve("profiles/smime.yaml");
    Files.writeString(
        smime, Files.readString(smime).replace("version: 2", "version: 3").replace("P30D", "P45D"));

    assertThat(show(1).words)
        .contains("Changed since", "- profile smime 2", "+ profile smime 3", "0 of 2 consents")
        .doesNotContain("hierarchy.yaml");
  }

  @Test
  void wantsConsentToAMappingThatSaysWhoIsAnOfficer() throws Exception {
    consent("anna", PASSWORD, "yes");
    consent("otto", PASSWORD, "yes");
    Files.writeString(data.resolve("authorities/mapping-own.yaml"), "schema: 1\n");

    assertThat(show(1).words).contains("+ file mapping-own.yaml", "0 of 2 consents");
  }

  @Test
  void wantsConsentToWhereDevicesConnectToAndWhomTheyBelieveThere() throws Exception {
    consent("anna", PASSWORD, "yes");
    consent("otto", PASSWORD, "yes");
    Files.writeString(data.resolve("authorities/services.yaml"), "schema: 1\n");
    Files.writeString(data.resolve("authorities/service-gateway.pem"), "PEM");
    Files.writeString(data.resolve("authorities/service-openvpn.key"), "key");

    assertThat(show(1).words)
        .contains(
            "+ file service-gateway.pem",
            "+ file service-openvpn.key",
            "+ file services.yaml",
            "0 of 2 consents");
  }

  @Test
  void signsNothingWithoutAYesAWrongPasswordOrAKeyOfNobody() {
    Told declined = consent("anna", PASSWORD, "no");
    assertThat(declined.exitCode).isOne();
    assertThat(declined.words).contains("nothing was signed");
    Told wrong = consent("anna", "another", "yes");
    assertThat(wrong.exitCode).isOne();
    assertThat(wrong.words).contains("can't be used").doesNotContain("\tat ");
    Told stranger = consent("stranger", PASSWORD, "yes");
    assertThat(stranger.exitCode).isOne();
    assertThat(stranger.words).contains("the key of nobody who may consent");
    assertThat(data.resolve("trust/consents")).doesNotExist();
  }

  private Told show(int exitCode) {
    Told told = run("", "settings", "show", "--data", data.toString());
    assertThat(told.exitCode).as(told.words).isEqualTo(exitCode);
    return told;
  }

  private Told consent(String name, String password, String answer) {
    return run(
        password + "\n" + answer + "\n",
        "settings",
        "consent",
        "--data",
        data.toString(),
        "--key",
        data.resolve(name + ".p12").toString());
  }

  private static Told run(String typed, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      var words = new StringWriter();
      var out = new PrintWriter(words, true);
      var command = Kreissiegel.commandLine().setOut(out).setErr(out);
      return new Told(command.execute(arguments), words.toString());
    } finally {
      System.setIn(before);
    }
  }

  /** Makes a key file; SHA-256 of its key. */
  private Bytes officer(String name) throws Exception {
    KeyPair pair = pair();
    OfficerFile.uncertified(pair, Instant.now())
        .write(data.resolve(name + ".p12"), PASSWORD.toCharArray());
    return SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded()));
  }

  private static KeyPair pair() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static byte[] certificate(KeyPair pair) throws Exception {
    var name = new X500Name("CN=Root");
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            new Date(),
            new Date(Long.MAX_VALUE / 100_000),
            name,
            pair.getPublic())
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
        .getEncoded();
  }
}
