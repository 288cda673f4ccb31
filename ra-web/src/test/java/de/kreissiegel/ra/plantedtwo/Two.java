package de.kreissiegel.ra.plantedtwo;

/** Planted: half of a cycle. */
public final class Two {
  public final de.kreissiegel.ra.plantedone.One wrong = null;
}
