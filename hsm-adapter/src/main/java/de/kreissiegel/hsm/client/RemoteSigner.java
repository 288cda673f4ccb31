package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A vault in another process, reached over its Unix socket. Safe for use by many threads. */
public final class RemoteSigner implements Signer, AutoCloseable {
  private final Path socket;
  private final Duration timeout;

  /**
   * Nothing is connected yet; the vault may start later, and may be restarted.
   *
   * @param socket the signer's socket
   * @param timeout how long one call may take, connecting included
   */
  public RemoteSigner(Path socket, Duration timeout) {
    this.socket = socket;
    this.timeout = timeout;
  }

  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    throw new UnsupportedOperationException("follows: " + socket + timeout);
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable {
    throw new UnsupportedOperationException("follows");
  }

  /** Closes its connections; calls that run end with {@link SigningUnavailable}. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("follows");
  }
}
