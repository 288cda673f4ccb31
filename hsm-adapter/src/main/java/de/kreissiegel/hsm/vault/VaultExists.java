package de.kreissiegel.hsm.vault;

/** There is a vault in that directory already. */
public final class VaultExists extends VaultUnusable {
  private static final long serialVersionUID = 1L;

  VaultExists(String message) {
    super(message);
  }
}
