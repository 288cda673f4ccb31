package de.kreissiegel.ca.plantedtwo;

/** Planted: half of a cycle. */
public final class Two {
  public final de.kreissiegel.ca.plantedone.One wrong = null;
}
