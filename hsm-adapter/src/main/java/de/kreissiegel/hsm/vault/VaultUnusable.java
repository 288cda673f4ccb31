package de.kreissiegel.hsm.vault;

/** Why a vault can't be made or opened; the message is one sentence for a person. */
public abstract sealed class VaultUnusable extends Exception
    permits VaultInUse, WrongPassphrase, VaultDamaged, VaultExists, CeremonyClosed {
  private static final long serialVersionUID = 1L;

  VaultUnusable(String message) {
    super(message);
  }

  VaultUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
