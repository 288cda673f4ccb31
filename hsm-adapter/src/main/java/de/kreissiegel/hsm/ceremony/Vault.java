package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The vault, in the process that calls: keys, their policies, the journal. One process at a time
 * holds it. Safe for use by many threads. Passphrases remain the caller's, who wipes them.
 */
public final class Vault implements Signer, AutoCloseable {
  private Vault() {}

  /**
   * Makes an empty vault with a journal key and opens it. What a broken-off attempt left is
   * replaced.
   *
   * @param directory is made if missing, mode 700
   * @param passphrase the operational one: opens the journal key and all keys without their own
   * @throws VaultUnusable if there is a vault already, or another process holds it
   * @throws IOException if the directory can't be written
   */
  public static Vault create(
      Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    throw new UnsupportedOperationException("follows");
  }

  /**
   * Opens a vault: takes its lock, reads and verifies its journal, activates the operational keys.
   * Keys with a passphrase of their own remain locked.
   *
   * @throws VaultUnusable in use, wrong passphrase, or damaged
   * @throws IOException if a file can't be read or written
   */
  public static Vault open(Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    throw new UnsupportedOperationException("follows");
  }

  /** Whether a whole vault stands in that directory; a half-made one doesn't count. */
  public static boolean exists(Path directory) {
    throw new UnsupportedOperationException("follows");
  }

  /**
   * Makes a key. It is active when this returns, also one with a passphrase of its own.
   *
   * @param ownPassphrase opens this key alone; without one, the operational passphrase does
   * @throws IllegalArgumentException if there is a key of that name
   * @throws IOException if it can't be written
   */
  public VaultKey makeKey(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, Optional<char[]> ownPassphrase)
      throws IOException {
    throw new UnsupportedOperationException("follows");
  }

  /**
   * Opens a locked key; nothing happens if it is active.
   *
   * @throws IllegalArgumentException if there is no key of that name
   * @throws WrongPassphrase if that is not its passphrase
   */
  public void activate(KeyId id, char[] passphrase) throws VaultUnusable, IOException {
    throw new UnsupportedOperationException("follows");
  }

  /**
   * Forgets the private key until it is activated again.
   *
   * @throws IllegalArgumentException if there is no key of that name
   */
  public void lock(KeyId id) {
    throw new UnsupportedOperationException("follows");
  }

  /** The key that signs the journal's checkpoints, as SubjectPublicKeyInfo. */
  public Bytes journalPublicKey() {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public List<VaultKey> keys() {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable {
    throw new UnsupportedOperationException("follows");
  }

  /** Ends running signatures' syncs, locks all keys, lets the directory go. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("follows");
  }
}
