package de.kreissiegel.ca.plantedone;

/** Planted: half of a cycle. */
public final class One {
  public final de.kreissiegel.ca.plantedtwo.Two wrong = null;
}
