package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A vault in another process, reached over its Unix socket. Safe for use by many threads. */
public final class RemoteSigner implements Signer, AutoCloseable {
  private final ConnectionPool pool;

  /**
   * Nothing is connected yet; the vault may start later, and may be restarted.
   *
   * @param socket the signer's socket
   * @param timeout how long one call may take, connecting included
   */
  public RemoteSigner(Path socket, Duration timeout) {
    this.pool = new ConnectionPool(socket, timeout);
  }

  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    return switch (pool.ask(new Question.Keys())) {
      case Answer.Keys(List<VaultKey> keys) -> keys;
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    return switch (pool.ask(new Question.Sign(request))) {
      case Answer.Signed(Signed signed) -> signed;
      case Answer.Refused(SigningRefused.Reason reason, String message) ->
          throw new SigningRefused(reason, message);
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable {
    if (fromIndex < 0 || atMost < 1 || atMost > 1000) {
      throw new IllegalArgumentException("from 0 on, 1 to 1000 entries at once");
    }
    return switch (pool.ask(new Question.Journal(fromIndex, atMost))) {
      case Answer.Journal(List<JournalRecord> records) -> records;
      case Answer other -> throw unexpected(other);
    };
  }

  /** Closes its connections; calls that run end with {@link SigningUnavailable}. */
  @Override
  public void close() {
    pool.close();
  }

  private static SigningUnavailable unexpected(Answer answer) {
    return switch (answer) {
      case Answer.Unavailable(String message) -> new SigningUnavailable(message);
      case Answer.Fault(String message) ->
          new SigningUnavailable("the signer didn't understand: " + message);
      default -> new SigningUnavailable("the signer answered something else");
    };
  }
}
