package de.kreissiegel.hsm.vault;

/** Something in the vault's directory is not as the vault left it. */
public final class VaultDamaged extends VaultUnusable {
  private static final long serialVersionUID = 1L;

  VaultDamaged(String message) {
    super(message);
  }

  VaultDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}
