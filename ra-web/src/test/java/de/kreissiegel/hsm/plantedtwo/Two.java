package de.kreissiegel.hsm.plantedtwo;

/** Planted: half of a cycle. */
public final class Two {
  public final de.kreissiegel.hsm.plantedone.One wrong = null;
}
