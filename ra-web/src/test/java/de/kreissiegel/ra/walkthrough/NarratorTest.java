package de.kreissiegel.ra.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final StringWriter screen = new StringWriter();
  private final Narrator narrator = new Narrator(new PrintWriter(screen));

  @Test
  void tellsOneLineAStep() throws Exception {
    int answer = narrator.step("Asks", () -> new Seen<>(42, "an answer"));
    narrator.step("Asks again", () -> new Seen<>(43, "another"));

    assertThat(answer).isEqualTo(42);
    assertThat(screen.toString().lines())
        .containsExactly(" 1. Asks: an answer", " 2. Asks again: another");
    assertThat(narrator.steps()).isEqualTo(2);
  }

  @Test
  void showsWhatIsDoneBeforeItIsDone() throws Exception {
    var seen = new StringBuilder();

    narrator.step(
        "Asks",
        () -> {
          seen.append(screen);
          return new Seen<>(0, "");
        });

    assertThat(seen).hasToString(" 1. Asks: ");
  }

  @Test
  void turnsEveryFaultIntoASurprise() {
    assertThatThrownBy(
            () ->
                narrator.step(
                    "Asks",
                    () -> {
                      throw new IOException("closed", new IllegalStateException("deeper"));
                    }))
        .isInstanceOf(Surprise.class)
        .hasMessage(
            "expected an answer; came IOException (closed) because of IllegalStateException"
                + " (deeper)");
    assertThat(screen.toString()).contains("SURPRISE");
  }

  @Test
  void keepsASurpriseAsItIs() {
    var surprise = new Surprise("this", "that");

    assertThatThrownBy(
            () ->
                narrator.step(
                    "Asks",
                    () -> {
                      throw surprise;
                    }))
        .isSameAs(surprise);
  }
}
