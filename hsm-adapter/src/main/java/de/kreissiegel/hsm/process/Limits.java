package de.kreissiegel.hsm.process;

import java.time.Duration;

/**
 * What peers may take.
 *
 * @param connections how many at once
 * @param perPeer how many of them one user or one host may have
 * @param greeting how long a connection may take to say its first message whole
 * @param idle how long a connection may be silent between messages
 * @param message how long a message may take to come or go; a list has a second more for each MiB
 */
record Limits(int connections, int perPeer, Duration greeting, Duration idle, Duration message) {
  static final Limits USUAL =
      new Limits(256, 192, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(30));
}
