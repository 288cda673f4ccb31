package de.kreissiegel.ra.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program said.
 *
 * @param exit its exit code
 * @param text what it wrote to its output and its error output, in the order it wrote
 */
public record Output(int exit, String text) {
  private static final int AT_MOST_SECONDS = 60;

  /** Runs a program to its end, with an empty input, in English, for a minute at most. */
  static Output of(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    Thread guard =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(AT_MOST_SECONDS, TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException _) {
                    process.destroyForcibly();
                  }
                });
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    guard.join();
    return new Output(exit, text);
  }
}
