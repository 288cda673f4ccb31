package de.kreissiegel.ra.setup;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.settings.SettingsConsent;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.ceremony.Ceremonies;
import de.kreissiegel.ra.ceremony.ScriptedDialogue;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import de.kreissiegel.ra.ceremony.VaultAccess;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** What a district answers, and what its ceremony is then told. */
final class SetupAnswers {
  private static final String LEADER = "Jürgen Weiß";
  private static final String KEY_OFFICER = "Dr. Käthe Größl";

  private SetupAnswers() {}

  /**
   * A first registration officer.
   *
   * @param request PKCS#10, PEM
   * @param fingerprint SHA-256 of the key, in hexadecimal
   */
  record Officer(String name, String request, String fingerprint, KeyPair pair) {
    static Officer make(String name) throws Exception {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] request =
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Officer(
          name,
          Pem.certificationRequest(Bytes.of(request)),
          CertificationRequest.verified(Bytes.of(request)).key().hash().toHex(),
          pair);
    }
  }

  static Map<String, String> district(int pages, int certificates, int validation) {
    return Map.of(
        "organization",
        "Landkreis Haßberge",
        "public-base-url",
        "https://localhost:" + pages,
        "validation-base-url",
        "http://localhost:" + validation,
        "listen",
        "127.0.0.1",
        "pages-port",
        Integer.toString(pages),
        "certificate-port",
        Integer.toString(certificates),
        "validation-port",
        Integer.toString(validation),
        "contact-mail",
        "barrierefrei@hassberge.example");
  }

  /** The sample district's directory, without its mapping. */
  static Map<String, String> directory(DemoDirectory directory, String password) {
    return Map.of(
        "directory-url",
        directory.address().toString(),
        "directory-base",
        SampleDistrict.BASE_DN,
        "directory-dn",
        SampleDistrict.SERVICE_DN,
        "directory-password",
        password);
  }

  /** In the order of the rows that are proposed. */
  static Map<String, String> people() {
    return Map.of(
        "people.0.name",
        LEADER,
        "people.1.name",
        KEY_OFFICER,
        "people.2.name",
        "Bärbel Schüßler",
        "people.3.name",
        "Götz Rößner",
        "people.4.name",
        "Ümit Yıldız",
        "people.5.name",
        "Hans-Jörg Müller-Lüdenscheidt");
  }

  /** A rehearsal by a script, whose shares go to files where the plan has them on paper. */
  static void ceremony(Path folder, Path data) throws Exception {
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(data.resolve("plan.yaml"));
    Files.writeString(plan, text.replace("medium: paper", "medium: file"));
    var answers = new LinkedHashMap<String, Object>();
    answers.put("printed", "ja");
    for (String key : List.of("operational", "ceremony", "root")) {
      answers.put("share-" + key, shares(".ceremony/shares", key, 1, 2, 3));
    }
    ceremonies(folder, data, answers).init(plan);
  }

  /** A later one, for which two custodians give their shares of the ceremony's key. */
  static Ceremonies later(Path folder, Path data) throws Exception {
    var answers = new LinkedHashMap<String, Object>();
    answers.put("share-ceremony", shares("shares", "ceremony", 1, 2));
    answers.put("handed", "Frau Süß, Landesamt");
    return ceremonies(folder, data, answers);
  }

  private static List<String> shares(String folder, String key, Integer... numbers) {
    return Stream.of(numbers)
        .map(number -> "@%s/%d-%s.txt".formatted(folder, number, key))
        .toList();
  }

  private static Ceremonies ceremonies(Path folder, Path data, Map<String, Object> more)
      throws Exception {
    Map<String, Object> answers = new LinkedHashMap<>(more);
    answers.put("present", "ja");
    answers.put("tick", "ja");
    List<String> confirmed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      confirmed.addAll(List.of(LEADER, KEY_OFFICER));
    }
    answers.put("confirm", confirmed);
    Path script = folder.resolve("script.yaml");
    Files.writeString(
        script, new Dump(DumpSettings.builder().build()).dumpToString(Map.of("answers", answers)));
    var random = new SecureRandom();
    return new Ceremonies(
        data,
        new ScriptedDialogue(script, data, new PrintWriter(new StringWriter())),
        Locale.GERMAN,
        true,
        VaultAccess.inProcess(Clock.systemUTC(), random),
        Clock.systemUTC(),
        random);
  }

  /** Each of them consents to the settings as they are. */
  static void consent(Path data, List<Officer> officers) throws Exception {
    var settings = new SettingsOfInstallation(data.resolve("authorities"), data.resolve("trust"));
    var sheet = settings.sheet(ProfileCatalog.bundled());
    for (Officer officer : officers) {
      OfficerFile file = OfficerFile.uncertified(officer.pair(), Instant.now());
      settings.consents().keep(sheet, SettingsConsent.to(sheet, file.key(), file.certificate()));
    }
  }
}
