package de.kreissiegel.ra.planted;

/** Planted: the counter has no vault in its process. */
public final class VaultAtTheCounter {
  public final de.kreissiegel.hsm.vault.Vault wrong = null;
}
