package de.kreissiegel.ca.planted;

/** Planted: time comes from a clock. */
public final class OwnTime {
  public final java.time.Instant wrong = java.time.Instant.now();
}
