package de.kreissiegel.ra.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command as somebody types it, run in this process.
 *
 * @param exitCode how it ended
 * @param words what it said, on both streams
 */
public record TypedCommand(int exitCode, String words) {
  /** Types it and waits for its end. */
  public static TypedCommand run(String... words) {
    var said = new StringWriter();
    var out = new PrintWriter(said, true);
    int exitCode = Kreissiegel.commandLine().setOut(out).setErr(out).execute(words);
    return new TypedCommand(exitCode, said.toString());
  }
}
