package de.kreissiegel.hsm.vault;

/** The passphrase doesn't open the key. */
public final class WrongPassphrase extends VaultUnusable {
  private static final long serialVersionUID = 1L;

  WrongPassphrase(String message) {
    super(message);
  }
}
