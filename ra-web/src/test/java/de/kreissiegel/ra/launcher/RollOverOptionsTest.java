package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ceremony roll-over} takes on its command line. */
class RollOverOptionsTest {
  private static final int USAGE = 2;

  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();

  @Test
  void anHsmNeedsANameAndALabel() {
    assertThat(rollOver("--token", "safe-2")).isEqualTo(USAGE);
    assertThat(words.toString()).contains("Missing required argument(s): --label=LABEL");
    assertThat(rollOver("--label", "root-2", "--pin-file", "pin")).isEqualTo(USAGE);
    assertThat(words.toString()).contains("Missing required argument(s): --token=NAME");
  }

  @Test
  void withBothTheCeremonyIsAsked() {
    assertThat(rollOver("--token", "safe-2", "--label", "root-2", "--library", "hsm.so"))
        .isEqualTo(1);
    assertThat(words.toString()).contains("plan.yaml");
  }

  private int rollOver(String... more) {
    var arguments =
        new ArrayList<>(
            List.of("ceremony", "roll-over", "--data", folder.toString(), "--authority", "root"));
    arguments.addAll(List.of(more));
    var out = new PrintWriter(words, true);
    return Kreissiegel.commandLine()
        .setOut(out)
        .setErr(out)
        .execute(arguments.toArray(String[]::new));
  }
}
