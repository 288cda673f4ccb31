package de.kreissiegel.ra.planted;

/** Planted: nobody reaches into the vault. */
public final class TokenAtTheCounter {
  public final de.kreissiegel.hsm.token.SoftwareToken wrong = null;
}
