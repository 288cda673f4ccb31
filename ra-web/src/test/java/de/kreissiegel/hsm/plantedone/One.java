package de.kreissiegel.hsm.plantedone;

/** Planted: half of a cycle. */
public final class One {
  public final de.kreissiegel.hsm.plantedtwo.Two wrong = null;
}
