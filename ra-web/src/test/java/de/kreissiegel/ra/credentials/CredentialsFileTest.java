package de.kreissiegel.ra.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
  @TempDir Path directory;

  @Test
  void readsWhatItWrote() throws Exception {
    var file = new CredentialsFile(directory);
    var written = credentials("Straße-77");

    file.write(written);

    assertThat(file.exists()).isTrue();
    assertThat(file.read()).isEqualTo(written);
  }

  @Test
  void keepsEverySecretWhateverItsCharacters() throws Exception {
    long seed = 4711;
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var secret = secret(random);
      var written = credentials(secret);
      assertThat(CredentialsYaml.read(CredentialsYaml.write(written), "file"))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(written);
    }
  }

  @Test
  void isReadableByItsOwnerOnly() throws Exception {
    var file = new CredentialsFile(directory);
    file.write(credentials("a"));
    file.write(credentials("b"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  @Test
  void explainsItselfInGerman() throws Exception {
    var file = new CredentialsFile(directory);
    file.write(credentials("geheim"));

    assertThat(Files.readString(file.path()))
        .startsWith("# Zugangsdaten dieser Vorführung")
        .contains("  foreign-officer:\n    role: \"Rolle\"\n")
        .contains("web: \"https://localhost:8443\"");
  }

  @Test
  void hidesSecretsInTextsForLogs() {
    assertThat(credentials("geheim").toString()).doesNotContain("geheim").contains("erika");
  }

  @Test
  void saysThatThereIsNoDemo() {
    assertThatThrownBy(() -> new CredentialsFile(directory).read())
        .isInstanceOf(CredentialsUnreadable.class)
        .hasMessageContaining("./kreissiegel demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web",
        "validation",
        "directory",
        "dn",
        "root-passphrase",
        "officer",
        "login",
        "password",
        "tenant"
      })
  void namesWhatIsMissing(String key) throws Exception {
    var text = CredentialsYaml.write(credentials("a")).replaceFirst(key + ":", "other:");

    assertThatThrownBy(() -> CredentialsYaml.read(text, "file"))
        .isInstanceOf(CredentialsUnreadable.class)
        .hasMessageStartingWith("file lacks ")
        .hasMessageEndingWith(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "just text", "- a\n- b", "a: [", "a: 1\na: 2", "people: 7"})
  void refusesWhatIsNotACredentialsFile(String text) throws IOException {
    var file = new CredentialsFile(directory);
    Files.writeString(file.path(), text);

    assertThatThrownBy(file::read)
        .isInstanceOf(CredentialsUnreadable.class)
        .hasMessageStartingWith(file.path().toString());
  }

  @Test
  void refusesAnAddressThatIsNone() {
    var text =
        CredentialsYaml.write(credentials("a")).replace("https://localhost:8443", "over there");

    assertThatThrownBy(() -> CredentialsYaml.read(text, "file"))
        .hasMessage("file: addresses.web is not an address: over there");
  }

  @Test
  void quotesNoSecretWhenTheFileIsBroken() {
    var text = CredentialsYaml.write(credentials("geheim")).replace("geheim\"", "geheim");

    assertThatThrownBy(() -> CredentialsYaml.read(text, "file"))
        .isInstanceOf(CredentialsUnreadable.class)
        .hasMessageNotContaining("geheim");
  }

  @ParameterizedTest
  @EnumSource
  void demandsSomebodyForEachRole(DemoRole missing) {
    var people = people("a");
    people.remove(missing);

    assertThatThrownBy(() -> credentials(people, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.name());
  }

  private static String secret(Random random) {
    var secret = new StringBuilder("x");
    for (int i = random.nextInt(20); i >= 0; i--) {
      int point = random.nextBoolean() ? random.nextInt(0x180) : random.nextInt(0x2fff);
      secret.appendCodePoint(point);
    }
    return secret.toString();
  }

  private static DemoCredentials credentials(String secret) {
    return credentials(people(secret), secret);
  }

  private static EnumMap<DemoRole, DemoCredentials.Person> people(String secret) {
    var people = new EnumMap<DemoRole, DemoCredentials.Person>(DemoRole.class);
    for (DemoRole role : DemoRole.values()) {
      people.put(
          role, new DemoCredentials.Person("Rolle", "Erika Größl", "erika", secret, "hassfurt"));
    }
    return people;
  }

  private static DemoCredentials credentials(
      Map<DemoRole, DemoCredentials.Person> people, String secret) {
    return new DemoCredentials(
        new DemoCredentials.Addresses(
            URI.create("https://localhost:8443"),
            URI.create("https://localhost:8444"),
            URI.create("http://localhost:8080"),
            URI.create("ldap://127.0.0.1:10389")),
        people,
        new DemoCredentials.DirectoryAdmin("cn=admin,o=demo", secret),
        secret,
        secret);
  }
}
