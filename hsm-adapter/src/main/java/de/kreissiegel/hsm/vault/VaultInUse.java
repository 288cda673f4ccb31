package de.kreissiegel.hsm.vault;

/** Another process holds the vault. */
public final class VaultInUse extends VaultUnusable {
  private static final long serialVersionUID = 1L;

  VaultInUse(String message) {
    super(message);
  }
}
