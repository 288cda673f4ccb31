package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @TempDir Path logs;

  @Test
  void isReadyWhenItSaysSoAndStopsWhenItsInputEnds() throws Exception {
    ChildProcess child = start("obedient");
    child.awaitReady(Duration.ofSeconds(30));
    assertThat(child.isAlive()).isTrue();
    child.stop(Duration.ofSeconds(20));
    assertThat(child.onExit().get(1, TimeUnit.SECONDS).exitValue()).isZero();
  }

  @Test
  void passesOnTheLastWordsOfOneThatEndsInstead() throws Exception {
    ChildProcess child = start("failing");
    assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(30)))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("no room at the inn");
  }

  @Test
  void endsByForceWhatDoesNotStop() throws Exception {
    ChildProcess child = start("stubborn");
    child.awaitReady(Duration.ofSeconds(30));
    child.stop(Duration.ofMillis(200));
    assertThat(child.isAlive()).isFalse();
  }

  /** With nothing but the child: a library that wakes at each start would have the last word. */
  private ChildProcess start(String temper) throws Exception {
    List<Path> classPath =
        List.of(Path.of(Child.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    return ChildProcess.start(
        temper, "child ready", logs, classPath, List.of(), List.of(Child.class.getName(), temper));
  }

  /** The child. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      if (arguments[0].equals("failing")) {
        System.err.println("no room at the inn");
        System.exit(3);
      }
      System.out.println("child ready");
      while (System.in.read() >= 0) {
        // Nobody writes.
      }
      if (arguments[0].equals("stubborn")) {
        Thread.sleep(Duration.ofMinutes(1));
      }
    }
  }
}
