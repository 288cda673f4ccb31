package de.kreissiegel.ra.ceremony;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People at a terminal. */
public final class TerminalDialogue implements Dialogue {
  private final BufferedReader in;
  private final PrintWriter out;
  private final Optional<Console> console;

  /**
   * At this terminal.
   *
   * @param console hides what is typed where it must not be seen; none if there is no terminal
   */
  public TerminalDialogue(BufferedReader in, PrintWriter out, Optional<Console> console) {
    this.in = in;
    this.out = out;
    this.console = console;
  }

  @Override
  public void tell(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public String ask(String id, String question, boolean hidden) throws CeremonyAborted {
    out.print(question + " ");
    out.flush();
    String answer = hidden && console.isPresent() ? hidden(console.get()) : line();
    if (answer == null) {
      throw new CeremonyAborted("the input ended at " + id);
    }
    return answer.strip();
  }

  private static @Nullable String hidden(Console console) {
    char[] typed = console.readPassword();
    return typed == null ? null : new String(typed);
  }

  private @Nullable String line() throws CeremonyAborted {
    try {
      return in.readLine();
    } catch (IOException gone) {
      throw new CeremonyAborted("the input can't be read: " + gone.getMessage());
    }
  }

  @Override
  public boolean scripted() {
    return false;
  }
}
