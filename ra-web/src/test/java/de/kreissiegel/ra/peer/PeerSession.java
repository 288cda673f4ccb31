package de.kreissiegel.ra.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** A test's hold on its peer: runs it, and counts what was seen. */
public final class PeerSession {
  private final Peer peer;
  private final Path executable;
  private int assertions;

  PeerSession(Peer peer, Path executable) {
    this.peer = peer;
    this.executable = executable;
  }

  /** The program's file, for those that must stay running. */
  public Path executable() {
    return executable;
  }

  /** Runs the program to its end, with an empty input, for a minute at most. */
  public Output run(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    return Output.of(command);
  }

  /**
   * States what the peer made of our work. Counts once if it holds; throws if not.
   *
   * @param what in a few words, for the message of a failure
   */
  public void sees(String what, Executable assertion) {
    try {
      assertion.execute();
    } catch (Throwable fault) {
      throw new AssertionError(peer.program() + ", " + what + ": " + fault.getMessage(), fault);
    }
    assertions++;
  }

  Peer peer() {
    return peer;
  }

  int assertions() {
    return assertions;
  }
}
