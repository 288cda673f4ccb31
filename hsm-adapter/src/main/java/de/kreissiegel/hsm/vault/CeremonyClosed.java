package de.kreissiegel.hsm.vault;

/** The key that signs policies is locked: what was asked for belongs into a ceremony. */
public final class CeremonyClosed extends VaultUnusable {
  private static final long serialVersionUID = 1L;

  CeremonyClosed(String message) {
    super(message);
  }
}
