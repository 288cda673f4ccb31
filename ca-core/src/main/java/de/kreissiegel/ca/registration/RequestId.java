package de.kreissiegel.ca.registration;

import java.util.UUID;

/** A stored request's id. The vault's journal carries it, too. */
public record RequestId(UUID value) {
  /**
   * Reads the textual form.
   *
   * @throws IllegalArgumentException if it is not a UUID
   */
  public static RequestId of(String text) {
    return new RequestId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
