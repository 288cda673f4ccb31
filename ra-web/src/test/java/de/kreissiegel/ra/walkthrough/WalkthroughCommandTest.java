package de.kreissiegel.ra.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class WalkthroughCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path data;

  @Test
  void playsTheWholeStory() throws Exception {
    try (var demo = new StandInDemo(data, Set.of(), "localhost")) {
      assertThat(play()).as("%s%s", out, err).isZero();

      assertThat(out.toString())
          .contains("awaits approval")
          .contains("good by POST and by GET")
          .contains("revoked (affiliationChanged")
          .contains("request.submitted by Somebody")
          .containsPattern("All 2\\d steps were as the story says");
      assertThat(err.toString()).isEmpty();
      assertThat(demo.staffIsDisabled()).isFalse();
    }
  }

  @Test
  void canBePlayedAgain() throws Exception {
    try (var demo = new StandInDemo(data, Set.of(), "localhost")) {
      demo.disableStaff();

      assertThat(play()).as("%s%s", out, err).isZero();
      assertThat(play()).as("%s%s", out, err).isZero();

      assertThat(out.toString()).contains("was still disabled by an earlier walkthrough");
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsALie(Lie lie) throws Exception {
    try (var demo = new StandInDemo(data, Set.of(lie), "localhost")) {
      assertThat(play()).as("%s%s", out, err).isEqualTo(1);

      assertThat(err.toString())
          .startsWith("The walkthrough stopped: expected ")
          .contains(lie.words())
          .contains("; came ");
      assertThat(out.toString()).endsWith("SURPRISE" + System.lineSeparator());
      assertThat(demo.staffIsDisabled()).isFalse();
    }
  }

  @Test
  void doesNotTalkToAServerOfAnotherName() throws Exception {
    try (var _ = new StandInDemo(data, Set.of(), "elsewhere.example")) {
      assertThat(play()).isEqualTo(1);
      assertThat(err.toString()).contains("expected an answer").contains("localhost");
    }
  }

  @Test
  void doesNotTalkToAServerOfAnotherRoot(@TempDir Path other) throws Exception {
    try (var _ = new StandInDemo(data, Set.of(), "localhost");
        var _ = new StandInDemo(other, Set.of(), "localhost")) {
      Files.copy(
          other.resolve("trust/root.pem"),
          data.resolve("trust/root.pem"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      assertThat(play()).isEqualTo(1);
      assertThat(err.toString()).contains("SSLHandshakeException");
    }
  }

  @Test
  void saysThatThereIsNoDemo() {
    assertThat(play()).isEqualTo(1);
    assertThat(err.toString()).contains("demo-credentials.txt does not exist");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysThatTheDemoIsNotRunning() throws Exception {
    new StandInDemo(data, Set.of(), "localhost").close();

    assertThat(play()).isEqualTo(1);
    assertThat(err.toString()).contains("to be let in as cn=admin");
  }

  @Test
  void tellsNoSecret() throws Exception {
    try (var _ = new StandInDemo(data, Set.of(), "localhost")) {
      play();
      assertThat(out + "" + err).doesNotContain("Geheim!", "pä:ß", "phrase");
    }
  }

  private int play() {
    return new CommandLine(new WalkthroughCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("--data", data.toString());
  }
}
