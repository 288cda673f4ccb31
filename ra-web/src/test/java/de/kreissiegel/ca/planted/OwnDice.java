package de.kreissiegel.ca.planted;

/** Planted: randomness is given. */
public final class OwnDice {
  public final java.security.SecureRandom wrong = new java.security.SecureRandom();
}
