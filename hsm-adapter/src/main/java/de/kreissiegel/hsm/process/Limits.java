package de.kreissiegel.hsm.process;

import java.time.Duration;

/**
 * What one peer may take.
 *
 * @param connections how many at once; more are closed at once
 * @param idle how long a connection may be silent between messages
 * @param message how long a message may take to come or go
 */
record Limits(int connections, Duration idle, Duration message) {
  static final Limits USUAL = new Limits(256, Duration.ofMinutes(10), Duration.ofSeconds(30));
}
