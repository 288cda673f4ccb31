package de.kreissiegel.ra.setup;

/** Where the person at the terminal reads. Nothing that is said here goes to a log. */
@FunctionalInterface
public interface SetupConsole {
  /** Says a line. */
  void say(String line);
}
