package de.kreissiegel.ca.recovery;

import java.util.UUID;

/** The name of a recovery. */
public record RecoveryId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
