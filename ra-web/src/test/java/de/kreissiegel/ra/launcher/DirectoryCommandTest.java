package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DirectoryCommandTest {
  @TempDir private static Path shelf;
  private static DemoDirectory server;
  @TempDir private Path folder;

  private record Told(int exitCode, String words) {}

  @BeforeAll
  static void start() throws Exception {
    server = DemoDirectory.open(shelf, 0, new SecureRandom());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Told run(String... arguments) {
    StringWriter words = new StringWriter();
    CommandLine command = Kreissiegel.commandLine();
    command.setOut(new PrintWriter(words));
    command.setErr(new PrintWriter(words));
    return new Told(command.execute(arguments), words.toString());
  }

  /** One directory in the old form, or several, as the text says. */
  private Path configuration(String text) throws Exception {
    Path password = folder.resolve("password");
    Files.writeString(password, server.passwords().service() + "\n");
    return Files.writeString(
        folder.resolve("kreissiegel.yaml"),
        "kreissiegel:\n  authorities: %s\n".formatted(folder)
            + text.formatted(
                    server.address(),
                    SampleDistrict.BASE_DN,
                    SampleDistrict.SERVICE_DN,
                    folder.resolve("password"))
                .indent(2));
  }

  private static final String ONE =
      """
      directory:
        url: %s
        base: %s
        bind-dn: %s
        password-file: %s
      """;

  @Test
  void showsWhatWouldBeTakenForWhat() throws Exception {
    Told told = run("directory", "check", "--config", configuration(ONE).toString());
    assertThat(told.words())
        .contains("directory district: ", "followed by modify-timestamp", "tenants: 27")
        .contains("people: " + SampleDistrict.people().size())
        .contains("and " + (SampleDistrict.people().size() - 10) + " more")
        .doesNotContain(server.passwords().service());
    assertThat(told.exitCode()).isZero();
  }

  @Test
  void endsWithOneWhereADirectoryCannotBeFollowed() throws Exception {
    String two =
        """
        directories:
          good:
            url: %1$s
            base: %2$s
            bind-dn: %3$s
            password-file: %4$s
          bad:
            url: %1$s
            base: dc=nowhere
            bind-dn: %3$s
            password-file: %4$s
        """;
    Told told = run("directory", "check", "--config", configuration(two).toString());
    assertThat(told.words()).contains("directory bad: ", "FAILED", "directory good: ");
    assertThat(told.exitCode()).isEqualTo(1);
  }

  @Test
  void checkConfigReadsDirectoriesAndTheirMappings() throws Exception {
    Told sound = run("check-config", "--config", configuration(ONE).toString());
    assertThat(sound.words()).contains("1 directories, no faults.");
    Files.writeString(folder.resolve("mapping-x.yaml"), "schema: 1\nid: entryUUID\nfoo: bar\n");
    Told wrong =
        run("check-config", "--config", configuration(ONE + "  mapping: mapping-x.yaml\n") + "");
    assertThat(wrong.words()).contains("mapping-x.yaml:3: foo: is no setting here.");
    assertThat(wrong.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongInASentence() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"demo: true\n", "either 'directory' or, for several, 'directories'"},
          {ONE.replace("  bind-dn: %s\n", "  bind-dn: ''\n  trust: %s\n"), "needs a name"},
          {ONE + "  follow-every: soon\n", "follow-every"},
          {ONE + "  follow-every: 2m\n", "at least every 45 seconds"},
          {ONE + "  kerberos: {principal: x@Y, keytab: z}\n", "needs one of"},
          {ONE + "  source: telepathy\n", "no way to follow a directory: telepathy"},
          {ONE + "superior-crls: {proxy: 'ftp://x:1'}\n", "superior-crls.proxy takes"},
          {ONE + "  mapping: ../x.yaml\n", "there is no mapping ../x.yaml"},
          {ONE.replace("url: %s", "url: ldap://elsewhere.example # %s"), "use ldaps:// or StartTLS"}
        }) {
      Told told = run("check-config", "--config", configuration(wrong[0]).toString());
      assertThat(told.words()).as(wrong[0]).contains(wrong[1]).doesNotContain("\tat ");
      assertThat(told.exitCode()).isEqualTo(1);
    }
  }
}
