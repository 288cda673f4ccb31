package de.kreissiegel.ca.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCatalogTest {
  private static final String SOUND = ProfileCatalog.bundledFile("smime.yaml");

  @Test
  void bringsAlongSoundProfilesAndAnIndexOfAllOfThem() throws Exception {
    Path files = Path.of("src/main/resources/de/kreissiegel/ca/profiles");
    try (var listed = Files.list(files)) {
      assertThat(
              listed
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(ProfileCatalog.bundledFiles());
    }
    assertThat(ProfileCatalog.bundled().all())
        .extracting(profile -> profile.name().value())
        .contains("signature", "smime", "authentication", "vpn-client", "vpn-gateway")
        .contains("mobile-device", "tls-server", "web-server", "ocsp-responder-people")
        .contains("mail-signature", "function-mailbox", "laptop", "mail-server")
        .contains("windows-logon", "time-stamp", "registration-officer")
        .hasSize(ProfileCatalog.bundledFiles().size());
  }

  @Test
  void readsTheSettingsOfAProfile() {
    CertificateProfile smime = ProfileCatalog.bundled().get(new ProfileName("smime"));

    assertThat(smime.authority()).hasToString("people");
    assertThat(smime.title(Locale.ENGLISH)).isEqualTo("Encrypted mail");
    assertThat(smime.title(Locale.FRENCH)).isEqualTo("E-Mail-Verschlüsselung");
    assertThat(smime.mail()).isEqualTo(Presence.REQUIRED);
    assertThat(smime.validity()).isEqualTo(Duration.ofDays(365));
    assertThat(smime.latestEnd()).contains(Instant.parse("2031-12-31T23:59:59Z"));
    assertThat(smime.requestExpiry()).isEqualTo(Duration.ofDays(30));
    assertThat(smime.keyUsage(KeyAlgorithm.EC_P256))
        .isEqualTo(EnumSet.of(KeyUsageBit.KEY_AGREEMENT));
    assertThat(smime.keyUsage(KeyAlgorithm.RSA))
        .isEqualTo(EnumSet.of(KeyUsageBit.KEY_ENCIPHERMENT));
  }

  @Test
  void asksFourEyesForTheGatewayThatEverybodyTrusts() {
    assertThat(ProfileCatalog.bundled().get(new ProfileName("vpn-gateway")).approvals())
        .isEqualTo(2);
  }

  @Test
  void offersStaffNothingThatNobodyApproves() {
    assertThat(ProfileCatalog.bundled().all())
        .allSatisfy(profile -> assertThat(profile.approvals() > 0).isEqualTo(profile.offered()));
  }

  @Test
  void givesNoKeyTwoPurposes() {
    for (Purpose purpose : Purpose.values()) {
      for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
        assertThat(purpose.keyUsage(algorithm)).hasSize(1);
      }
    }
  }

  @Test
  void collectsAllFaultsOfAllFilesWithTheirLines() {
    String two =
        SOUND.replace("validity: P365D", "validity: P9999D").replace("approvals: 1", "aprovals: 1");
    var faults = faultsOf(Map.of("smime.yaml", two, "Bad Name.yaml", SOUND));

    assertThat(faults)
        .anySatisfy(
            fault -> {
              assertThat(fault.file()).isEqualTo("smime.yaml");
              assertThat(fault.key()).isEqualTo("validity");
              assertThat(fault.line()).isEqualTo(lineOf(two, "validity:"));
              assertThat(fault.remedy()).contains("TR-03116-4");
            })
        .anySatisfy(
            fault -> {
              assertThat(fault.key()).isEqualTo("aprovals");
              assertThat(fault.line()).isEqualTo(lineOf(two, "aprovals:"));
              assertThat(fault.message()).contains("not a setting");
            })
        .anySatisfy(
            fault -> {
              assertThat(fault.key()).isEqualTo("approvals");
              assertThat(fault.message()).contains("missing");
            })
        .anySatisfy(fault -> assertThat(fault.file()).isEqualTo("Bad Name.yaml"));
  }

  @Test
  void refusesWhatContradictsItself() {
    assertThat(keysOfFaults(SOUND.replace("[emailProtection]", "[emailProtection, clientAuth]")))
        .containsExactly("extended-key-usage");
    assertThat(keysOfFaults(SOUND.replace("approvals: 1", "approvals: 0")))
        .containsExactly("approvals");
    assertThat(keysOfFaults(SOUND.replace("approvals: 1", "approvals: 3")))
        .containsExactly("approvals");
    assertThat(keysOfFaults(SOUND.replace("latest-end: 2031-12-31\n", "")))
        .containsExactly("latest-end");
    assertThat(keysOfFaults(SOUND.replace("mail: required", "mail: never")))
        .containsExactly("names.mail");
    assertThat(keysOfFaults(SOUND.replace("renew-before: P30D", "renew-before: P365D")))
        .containsExactly("renew-before");
    assertThat(keysOfFaults(SOUND + "status-max-age: PT25H\n")).containsExactly("status-max-age");
    assertThat(keysOfFaults(SOUND.replace("keys: [ec-p256,", "keys: [ed25519,")))
        .containsExactly("keys");
    assertThat(keysOfFaults(SOUND.replace("[person]", "person"))).contains("subjects");
  }

  @Test
  void takesExtensionsOfTheInstallationsOwn() throws Exception {
    CertificateProfile profile =
        ProfileCatalog.parse(
                Map.of(
                    "own.yaml",
                    SOUND
                        + """
                        extensions:
                          1.3.6.1.4.1.99999.1: utf8:Haßfurt
                          1.3.6.1.4.1.99999.2: critical,der:0500
                        policies: [1.3.6.1.4.1.99999.3]
                        policy-statement: http://pki.example/cps
                        """))
            .get(new ProfileName("own"));

    assertThat(profile.fixedExtensions())
        .contains(
            new FixedExtension("1.3.6.1.4.1.99999.1", false, Bytes.fromHex("0c084861c39f66757274")),
            new FixedExtension("1.3.6.1.4.1.99999.2", true, Bytes.fromHex("0500")))
        .extracting(FixedExtension::oid)
        .containsExactly(
            "2.5.29.32", "1.2.840.113549.1.9.15", "1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.2");
    assertThat(profile.fixedExtensions().getFirst().value().toHex())
        .as("certificatePolicies with the statement's address")
        .contains(HexFormat.of().formatHex("http://pki.example/cps".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.3.6.1.4.1.99999.1: Haßfurt",
        "1.3.6.1.4.1.99999.1: ia5:Haßfurt",
        "1.3.6.1.4.1.99999.1: der:05",
        "1.3.6.1.4.1.99999.1: der:050000",
        "1.3.6.1.4.1.99999.1: der:3080050000",
        "1.3.6.1.4.1.99999.1: [a, b]",
        "nobody: utf8:x",
        "2.5.29.19: critical,der:30030101ff",
        "1.3.6.1.5.5.7.1.3: der:3000"
      })
  void takesNoExtensionThatIsNoneOrIsMadeOtherwise(String extension) {
    assertThat(keysOfFaults(SOUND + "extensions:\n  " + extension + "\n"))
        .containsExactly("extensions." + extension.substring(0, extension.indexOf(':')));
  }

  @Test
  void letsNobodyLogInToWindowsWhoseAccountDoesNotStandInTheCertificate() {
    String logon = ProfileCatalog.bundledFile("windows-logon.yaml");
    assertThat(
            keysOfFaults(logon.replace("windows-account: required", "windows-account: if-present")))
        .containsExactly("names.windows-account");
  }

  @Test
  void wantsItsSchemaAndItsVersion() {
    assertThat(keysOfFaults(SOUND.replace("schema: 1\n", ""))).containsExactly("schema");
    assertThat(keysOfFaults(SOUND.replace("schema: 1\n", "schema: 2\n"))).containsExactly("schema");
    assertThat(keysOfFaults(SOUND.replace("version: 2\n", "version: 0\n")))
        .containsExactly("version");
  }

  @Test
  void allowsEscrowOfKeysOfEncryptionAloneAndWithAReason() {
    String signature = ProfileCatalog.bundledFile("mail-signature.yaml");
    String escrow = "escrow: allowed\nescrow-reason:\n  de: Nie.\n  en: Nobody ever.\n";
    assertThat(keysOfFaults(signature + escrow)).containsExactly("escrow");
    assertThat(keysOfFaults(ProfileCatalog.bundledFile("authentication.yaml") + escrow))
        .containsExactly("escrow");
    assertThat(keysOfFaults(SOUND.replace("escrow: allowed\n", ""))).contains("escrow");
    assertThat(keysOfFaults(SOUND.replaceFirst("  en: Official.*\n", "")))
        .containsExactly("escrow-reason.en");
    assertThat(keysOfFaults(SOUND.replace("escrow: allowed", "escrow: true"))).contains("escrow");
    ProfileCatalog bundled = ProfileCatalog.bundled();
    assertThat(bundled.get(new ProfileName("smime")).allowsEscrow()).isTrue();
    assertThat(bundled.get(new ProfileName("mail-signature")).allowsEscrow()).isFalse();
  }

  @Test
  void letsNobodyButMachinesHaveWhatNobodyApproves() {
    String machine =
        ProfileCatalog.bundledFile("mobile-device.yaml")
                .replace("approvals: 1", "approvals: 0")
                .replace("offered: true", "offered: false")
            + "machines: true\n";
    assertThat(keysOfFaults(machine.replace("offered: false", "offered: true")))
        .contains("machines");
    assertThat(keysOfFaults(machine.replace("approvals: 0", "approvals: 1")))
        .containsExactly("machines");
    assertThat(keysOfFaults(machine.replace("[device]", "[device, person]")))
        .containsExactly("subjects");
    assertThat(keysOfFaults(machine.replace("machines: true", "machines: perhaps")))
        .containsExactly("machines");
  }

  @Test
  void letsOnlyAnApprovedPersonsBrowserIntoAnOffice() {
    String logIn = ProfileCatalog.bundledFile("authentication.yaml");
    assertThat(keysOfFaults(logIn.replace("[person]", "[person, function]")))
        .containsExactly("opens-offices");
    assertThat(keysOfFaults(logIn.replace("[clientAuth]", "[ipsecIKE]")))
        .containsExactly("opens-offices");
    assertThat(keysOfFaults(logIn.replace("opens-offices: true", "opens-offices: maybe")))
        .containsExactly("opens-offices");
  }

  @Test
  void leavesFieldsToTheDirectoryWhereNothingIsSaid() {
    FieldRules smime = ProfileCatalog.bundled().get(new ProfileName("smime")).fields();
    assertThat(smime.of(Field.COMMON_NAME)).containsExactly(FieldSource.DIRECTORY);
    assertThat(smime.of(Field.MAIL)).containsExactly(FieldSource.DIRECTORY);
    assertThat(smime.of(Field.DNS)).isEmpty();
    assertThat(smime.of(Field.VALIDITY)).containsExactly(FieldSource.NOBODY);
    assertThat(smime.of(Field.PSEUDONYM)).containsExactly(FieldSource.NOBODY);
    FieldRules server = ProfileCatalog.bundled().get(new ProfileName("tls-server")).fields();
    assertThat(server.of(Field.DNS))
        .containsExactlyInAnyOrder(FieldSource.DIRECTORY, FieldSource.OFFICER);
    assertThat(server.forbid(Field.MAIL)).isTrue();
    assertThat(server.setBy(FieldSource.APPLICANT)).containsExactly(Field.VALIDITY);
  }

  @Test
  void refusesFieldsThatContradictTheRest() {
    assertThat(faultOfField("validity: somebody")).isEqualTo("fields.validity");
    assertThat(faultOfField("validity: [nobody, officer]")).isEqualTo("fields.validity");
    assertThat(faultOfField("validity: directory")).isEqualTo("fields.validity");
    assertThat(faultOfField("dns: officer")).isEqualTo("fields.dns");
    assertThat(faultOfField("mail: nobody")).isEqualTo("fields.mail");
    assertThat(faultOfField("common-name: officer")).isEqualTo("fields.common-name");
    assertThat(faultOfField("common-name: nobody")).isEqualTo("fields.common-name");
    assertThat(faultOfField("surname: officer")).isEqualTo("fields.surname");
    String unseen =
        ProfileCatalog.bundledFile("web-server.yaml") + "fields:\n  validity: officer\n";
    assertThat(keysOfFaults(unseen)).containsExactly("fields.validity");
  }

  @Test
  void ordersOnlyWhatCanBeDecidedAsOne() {
    String leading = ProfileCatalog.bundledFile("mail-signature.yaml");
    for (String wrong :
        List.of(
            SOUND.replace("approvals: 1", "approvals: 2"),
            SOUND.replace("subjects: [person]", "subjects: [function]"),
            SOUND.replace("offered: true", "offered: false"),
            SOUND.replace("approvals: 1", "approvals: 1\norder-with: [mail-signature]"))) {
      assertThat(faultsOf(Map.of("mail-signature.yaml", leading, "smime.yaml", wrong)))
          .extracting(ConfigurationFault::key)
          .contains("order-with");
    }
    assertThat(faultsOf(Map.of("mail-signature.yaml", leading)))
        .extracting(ConfigurationFault::message)
        .containsExactly("there is no profile smime");
    assertThat(ProfileCatalog.bundled().get(new ProfileName("mail-signature")).orderWith())
        .containsExactly(new ProfileName("smime"));
  }

  @Test
  void saysWhatFollowsFromTheDirectory() throws Exception {
    assertThat(ProfileCatalog.bundled().get(new ProfileName("vpn-client")).directory())
        .isEqualTo(DirectoryRules.DEFAULT);
    String text =
        SOUND.stripTrailing()
            + """

            directory:
              left: suspend P14D
              away: keep
              moved: revoke
              renamed: revoke P30D
              key-holder-left: suspend
              unused: suspend P60D
              unused-after: P180D
              joined: request
            """;

    assertThat(
            ProfileCatalog.parse(Map.of("smime.yaml", text))
                .get(new ProfileName("smime"))
                .directory())
        .isEqualTo(
            new DirectoryRules(
                new Reaction.Suspend(Optional.of(Duration.ofDays(14))),
                new Reaction.Keep(),
                new Reaction.Revoke(Duration.ZERO),
                new Reaction.Revoke(Duration.ofDays(30)),
                new Reaction.Suspend(Optional.empty()),
                Optional.of(
                    new DirectoryRules.Disuse(
                        Duration.ofDays(180),
                        new Reaction.Suspend(Optional.of(Duration.ofDays(60))))),
                DirectoryRules.Newcomer.REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "left: keep",
        "left: revoke P1Y",
        "left: revoke P0D",
        "moved: revoke P2000D",
        "away: hold",
        "renamed: keep P1D",
        "moved: revoke P1D soon",
        "joined: welcome",
        "unused: suspend",
        "unused-after: P180D",
        "unused-after: P29D",
        "unused: keep",
        "unused: revoke P14D",
        "returned: keep"
      })
  void takesNoReactionThatIsNone(String rule) {
    assertThat(keysOfFaults(SOUND.stripTrailing() + "\ndirectory:\n  " + rule + "\n"))
        .containsExactly("directory." + rule.substring(0, rule.indexOf(':')));
  }

  @Test
  void tellsNobodyWhosePseudonymIsNotUsed() {
    String text = ProfileCatalog.bundledFile("pseudonym-signature.yaml");

    assertThat(
            faultsOf(
                Map.of(
                    "pseudonym-signature.yaml",
                    text.stripTrailing()
                        + "\ndirectory:\n  unused: suspend\n  unused-after: P90D\n")))
        .extracting(ConfigurationFault::key)
        .containsExactly("directory.unused");
  }

  @Test
  void escrowsNoKeysOfPseudonyms() {
    String text =
        ProfileCatalog.bundledFile("pseudonym-signature.yaml")
            .replace("purpose: signature", "purpose: encryption\nlatest-end: 2031-12-31");
    String escrow = "escrow: allowed\nescrow-reason:\n  de: Dienst\n  en: Duty\n";

    assertThat(faultsOf(Map.of("pseudonym-signature.yaml", text.stripTrailing() + "\n" + escrow)))
        .filteredOn(fault -> fault.key().equals("escrow"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.toString()).contains("whose pseudonym"));
  }

  private static String faultOfField(String line) {
    List<String> keys = keysOfFaults(SOUND.stripTrailing() + "\nfields:\n  " + line + "\n");
    assertThat(keys).hasSize(1);
    return keys.getFirst();
  }

  @Test
  void namesTheLineOfBrokenYaml() {
    var faults = faultsOf(Map.of("a.yaml", "authority: people\ntitle: [\n"));
    assertThat(faults).singleElement().satisfies(fault -> assertThat(fault.line()).isPositive());
  }

  @Test
  void refusesAnEmptyDirectory(@TempDir Path directory) {
    assertThatThrownBy(() -> ProfileCatalog.load(directory))
        .isInstanceOf(ConfigurationFaults.class);
  }

  @Test
  void readsTheSameFromADirectory(@TempDir Path directory) throws Exception {
    for (String file : ProfileCatalog.bundledFiles()) {
      Files.writeString(directory.resolve(file), ProfileCatalog.bundledFile(file));
    }
    assertThat(ProfileCatalog.load(directory).all()).hasSameSizeAs(ProfileCatalog.bundled().all());
  }

  @Test
  void answersAnyTextWithFaultsOrAProfile() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var text = new StringBuilder(SOUND);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(0x250));
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
          default -> text.insert(at, "[]{}:-\n &*!|>'\"%@`,?#".charAt(random.nextInt(21)));
        }
      }
      try {
        ProfileCatalog.parse(Map.of("a.yaml", text.toString()));
      } catch (ConfigurationFaults expected) {
        assertThat(expected.faults()).isNotEmpty();
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + "\n" + text, other);
      }
    }
  }

  private static List<String> keysOfFaults(String text) {
    return faultsOf(Map.of("a.yaml", text)).stream().map(ConfigurationFault::key).toList();
  }

  private static List<ConfigurationFault> faultsOf(Map<String, String> texts) {
    return catchThrowableOfType(ConfigurationFaults.class, () -> ProfileCatalog.parse(texts))
        .faults();
  }

  private static int lineOf(String text, String start) {
    return text.substring(0, text.indexOf("\n" + start) + 1).split("\n", -1).length;
  }
}
