package de.kreissiegel.ra.plantedone;

/** Planted: half of a cycle. */
public final class One {
  public final de.kreissiegel.ra.plantedtwo.Two wrong = null;
}
