package de.kreissiegel.hsm.signing;

/** All that the vault can be asked from outside. Safe for use by many threads. */
public interface VaultDoor extends Signer {
  /** How it is. */
  VaultHealth health() throws SigningUnavailable;

  /** The newest checkpoint; to be kept outside of the vault. */
  SignedCheckpoint checkpoint() throws SigningUnavailable;

  /**
   * Opens what was encrypted to a key of the vault. When this returns, the receipt stands in the
   * journal on disk.
   *
   * @throws SigningUnavailable if no answer came; ask again with the same id
   * @throws SigningRefused if the vault said no
   */
  Released release(ReleaseRequest request) throws SigningUnavailable, SigningRefused;
}
