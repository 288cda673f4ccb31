package de.kreissiegel.ca.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentFolderTest {
  private static final Bytes ROOT = Bytes.of(new byte[] {1});
  private static final Person ANNA = Person.with("EC");
  private static final Person OTTO = Person.with("RSA");
  private static final Person STRANGER = Person.with("EC");
  private static final Set<Bytes> ENTITLED = Set.of(ANNA.hash(), OTTO.hash());

  @TempDir private Path folder;

  private final SettingsSheet sheet = sheet("a: 1\n");

  @Test
  void letsSettingsTakeEffectToWhichTwoHaveConsented() throws Exception {
    consent(ANNA, sheet);
    consent(OTTO, sheet);

    assertThatCode(() -> consents().require(sheet, ENTITLED)).doesNotThrowAnyException();
  }

  @Test
  void takesTheSamePersonForOne() throws Exception {
    consent(ANNA, sheet);
    consents().keep(sheet, ANNA.consent(sheet));
    Files.copy(file(".p7s"), folder.resolve("0123456789abcdef-0123456789abcdef.p7s"));

    refuses(sheet, "have the consent of 1");
  }

  @Test
  void takesNobodyWhoMayNot() throws Exception {
    consent(ANNA, sheet);
    consent(STRANGER, sheet);

    refuses(sheet, "have the consent of 1");
  }

  @Test
  void takesNoConsentToOtherSettings() throws Exception {
    consent(ANNA, sheet);
    consent(OTTO, sheet);

    refuses(sheet("a: 2\n"), "have the consent of 0");
    refuses(
        SettingsSheet.of(
            Bytes.of(new byte[] {2}),
            Map.of("hierarchy.yaml", Bytes.of("a: 1\n".getBytes())),
            ProfileCatalog.bundled().texts()),
        "have the consent of 0");
  }

  @Test
  void startsWithNothingWhereNobodyConsented() {
    assertThatThrownBy(() -> new ConsentFolder(folder.resolve("none")).require(sheet, ENTITLED))
        .isInstanceOf(SettingsUnsigned.class)
        .hasMessageContaining("kreissiegel settings consent");
  }

  @Test
  void takesNoConsentOfWhichAnOctetChanged() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    byte[] good = ANNA.consent(sheet).cms().toArray();
    int taken = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      var giver = new SettingsConsent(Bytes.of(bad)).giver(sheet);
      // The certificate's own signature and its names are nobody's business here: its key counts.
      assertThat(giver.orElse(ANNA.hash()))
          .as("seed %d round %d", seed, round)
          .isEqualTo(ANNA.hash());
      taken += giver.isPresent() ? 1 : 0;
    }
    assertThat(taken).as("seed %d", seed).isLessThan(300);
    assertThat(new SettingsConsent(Bytes.of(new byte[0])).giver(sheet)).isEmpty();
    assertThat(new SettingsConsent(Bytes.of(new byte[1 << 20])).giver(sheet)).isEmpty();
  }

  @Test
  void knowsAPersonByTheirKeyHoweverItsPointIsWritten() throws Exception {
    Bytes hash = ANNA.hash();
    byte[] cms = ANNA.consent(sheet).cms().toArray();
    byte[] info = ANNA.pair().getPublic().getEncoded();
    int point = info.length - 65;
    int at = indexOf(cms, info) + point;
    assertThat(cms[at]).isEqualTo((byte) 4);
    cms[at] = (byte) (6 + (info[info.length - 1] & 1)); // hybrid: both coordinates, and a hint

    assertThat(new SettingsConsent(Bytes.of(cms)).giver(sheet)).contains(hash);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (java.util.Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("it isn't there");
  }

  @Test
  void saysWhatChangedSinceTheSettingsThatTookEffectLast() throws Exception {
    consent(ANNA, sheet);
    consent(OTTO, sheet);
    SettingsSheet next = sheet("a: 2\n");
    consent(ANNA, next);

    assertThat(consents().before(next, ENTITLED)).contains(sheet);
    assertThat(next.changesSince(sheet))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("file hierarchy.yaml"))
        .first()
        .asString()
        .startsWith("- ");
  }

  @Test
  void namesEachProfileWithVersionAndDigest() {
    assertThat(sheet.text().lines())
        .startsWith("kreissiegel settings 1")
        .anyMatch(line -> line.matches("profile smime [1-9] [0-9a-f]{64}"))
        .anyMatch(line -> line.matches("file hierarchy.yaml [0-9a-f]{64}"))
        .hasSize(3 + ProfileCatalog.bundledFiles().size());
  }

  private void refuses(SettingsSheet settings, String words) {
    assertThatThrownBy(() -> consents().require(settings, ENTITLED))
        .isInstanceOf(SettingsUnsigned.class)
        .hasMessageContaining(words);
  }

  private ConsentFolder consents() {
    return new ConsentFolder(folder);
  }

  private void consent(Person person, SettingsSheet settings) throws Exception {
    consents().keep(settings, person.consent(settings));
  }

  private Path file(String ending) throws Exception {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private static SettingsSheet sheet(String hierarchy) {
    return SettingsSheet.of(
        ROOT,
        Map.of("hierarchy.yaml", Bytes.of(hierarchy.getBytes())),
        ProfileCatalog.bundled().texts());
  }

  /** Somebody with a key. */
  private record Person(KeyPair pair, X509Certificate certificate) {
    static Person with(String algorithm) {
      try {
        KeyPair pair =
            algorithm.equals("RSA")
                ? SampleRequests.rsa(3072)
                : SampleRequests.elliptic("secp256r1");
        var name = new X500Name("CN=not yet certified");
        var certificate =
            new JcaX509v3CertificateBuilder(
                    name, BigInteger.ONE, new Date(0), new Date(1000), name, pair.getPublic())
                .build(
                    new JcaContentSignerBuilder(
                            "SHA256with" + (algorithm.equals("RSA") ? "RSA" : "ECDSA"))
                        .build(pair.getPrivate()));
        return new Person(pair, new JcaX509CertificateConverter().getCertificate(certificate));
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    Bytes hash() {
      return SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded()));
    }

    SettingsConsent consent(SettingsSheet settings) throws Exception {
      return SettingsConsent.to(settings, pair.getPrivate(), certificate);
    }
  }
}
