package de.kreissiegel.ra.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyPathCommandTest {
  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();
  private Hierarchy hierarchy;

  @BeforeEach
  void make() throws Exception {
    hierarchy = new Hierarchy(folder);
    hierarchy.make(Hierarchy.Recipe.good());
  }

  @Test
  void saysInGermanThatAPathIsValid() {
    assertThat(ask("--policy-set", "rfc5280", "--crl", crl("root"), "--crl", crl("authority")))
        .isZero();
    assertThat(words.toString())
        .contains("Gültig am", "nach rfc5280", "0  CN=Holder", "2  CN=Root", "Sperrliste");
  }

  @Test
  void saysWhyAPathIsNotInEnglish() {
    assertThat(ask("--lang", "en")).isEqualTo(1);
    assertThat(words.toString())
        .contains(
            "Invalid at",
            "under bsi-kommunal",
            "status.unchecked",
            "Certificate 0:",
            "extension.revocation; TR-03116-4 §6.1.2");
  }

  @Test
  void saysTheSameAsJson() {
    assertThat(ask("--policy-set", "rfc5280", "--format", "json")).isZero();
    JsonNode json = new JsonMapper().readTree(words.toString());
    assertThat(json.get("valid").asBoolean()).isTrue();
    assertThat(json.get("statusChecked").asBoolean()).isFalse();
    assertThat(json.get("path").get(0).get("subject").asString()).isEqualTo("CN=Holder");

    words.getBuffer().setLength(0);
    assertThat(ask("--policy-set", "rfc5280", "--format", "json", "--name", "kreis.example"))
        .isEqualTo(1);
    JsonNode fault = new JsonMapper().readTree(words.toString()).get("faults").get(0);
    assertThat(fault.get("id").asString()).isEqualTo("name.mismatch");
    assertThat(fault.get("position").asInt()).isZero();
    assertThat(fault.get("german").asString()).contains("kreis.example");
  }

  @Test
  void looksAtTheTimeThatWasAskedFor() {
    assertThat(ask("--policy-set", "rfc5280", "--at", "2001-01-01T00:00:00Z")).isEqualTo(1);
    assertThat(words.toString()).contains("path.not-yet-valid");
  }

  @Test
  void takesPoliciesPurposesAndFlags() {
    assertThat(ask("--policy-set", "rfc5280", "--purpose", "client", "--inhibit-any")).isZero();
    assertThat(ask("--policy-set", "rfc5280", "--purpose", "mail-encryption")).isEqualTo(1);
    assertThat(ask("--policy-set", "rfc5280", "--explicit-policy", "--inhibit-mapping"))
        .isEqualTo(1);
    assertThat(ask("--policy-set", "rfc5280", "--explicit-policy", "--initial-policy", "1.3.6.1"))
        .isEqualTo(1);
    assertThat(words.toString()).contains("purpose.key-usage", "path.policy");
  }

  @Test
  void whatIsNoQuestionIsToldAndHasItsOwnExitCode() throws Exception {
    assertWrong("--policy-set", "bsi", "bsi-kommunal");
    assertWrong("--purpose", "all", "mail-signature");
    assertWrong("--name", "a b", "Rechnername");
    assertWrong("--at", "tomorrow", "2026-12-01T12:00:00Z");
    assertWrong("--initial-policy", "any", "Objektbezeichner");
    assertWrong("--format", "xml", "text, json");
    assertWrong("--lang", "fr", "de, en");
    assertWrong("--crl", folder.resolve("missing").toString(), "gibt es nicht");
    assertWrong("--crl", folder.toString(), "nicht lesen");
    Path words = Files.writeString(folder.resolve("words.txt"), "hello");
    assertWrong("--crl", words.toString(), "weder Zertifikat noch Sperrliste");
    assertThat(
            new CommandLine(new VerifyPathCommand()).setErr(new PrintWriter(this.words)).execute())
        .isEqualTo(2);
  }

  private void assertWrong(String option, String value, String sentence) {
    words.getBuffer().setLength(0);
    assertThat(ask(option, value)).as(option).isEqualTo(2);
    assertThat(words.toString()).as(option).startsWith("kreissiegel: ").contains(sentence);
  }

  private String crl(String name) {
    return hierarchy.file(name + ".crl").toString();
  }

  private int ask(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--anchor",
                hierarchy.file("root.pem").toString(),
                "--chain",
                hierarchy.file("authority.pem").toString(),
                "--chain",
                hierarchy.file("holder.pem").toString()));
    arguments.addAll(List.of(more));
    var out = new PrintWriter(words, true);
    return new CommandLine(new VerifyPathCommand())
        .setOut(out)
        .setErr(out)
        .execute(arguments.toArray(String[]::new));
  }
}
