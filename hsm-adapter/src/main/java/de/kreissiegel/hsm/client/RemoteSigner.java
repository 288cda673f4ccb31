package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A vault in another process or on another host. Safe for use by many threads. */
public final class RemoteSigner implements VaultDoor, AutoCloseable {
  /** What a list takes longer than another question: a second for each so many octets. */
  private static final long LIST_OCTETS_A_SECOND = 4 << 20;

  private final ConnectionPool pool;

  /**
   * Nothing is connected yet; the vault may start later, and may be restarted.
   *
   * @param socket the signer's socket
   * @param timeout how long one call may take, connecting included
   */
  public RemoteSigner(Path socket, Duration timeout) {
    this(new SignerAddress.Local(socket), timeout);
  }

  /**
   * The same, wherever it is.
   *
   * @param timeout how long one call may take, connecting included; a list has a second more for
   *     each 4 MiB
   */
  public RemoteSigner(SignerAddress address, Duration timeout) {
    this.pool = new ConnectionPool(address, timeout);
  }

  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    return switch (ask(new Question.Keys())) {
      case Answer.Keys(List<VaultKey> keys) -> keys;
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    return signed(ask(new Question.Sign(request)));
  }

  @Override
  public Signed signList(ListRequest request) throws SigningUnavailable, SigningRefused {
    var list = new Question.SignList(request.id(), request.key(), request.toBeSigned().length());
    return signed(
        pool.ask(
            connection -> connection.ask(list, request.toBeSigned()),
            Duration.ofSeconds(list.length() / LIST_OCTETS_A_SECOND)));
  }

  private static Signed signed(Answer answer) throws SigningUnavailable, SigningRefused {
    return switch (answer) {
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
    return switch (ask(new Question.Journal(fromIndex, atMost))) {
      case Answer.Journal(List<JournalRecord> records) -> records;
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public void takenIn(long nextIndex, Bytes lastHash) throws SigningUnavailable {
    if (!(ask(new Question.TakenIn(nextIndex, lastHash)) instanceof Answer.Noted)) {
      throw new SigningUnavailable("the signer doesn't know that entry of its journal");
    }
  }

  @Override
  public VaultHealth health() throws SigningUnavailable {
    return switch (ask(new Question.Health())) {
      case Answer.Health(VaultHealth health) -> health;
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public SignedCheckpoint checkpoint() throws SigningUnavailable {
    return switch (ask(new Question.Checkpoint())) {
      case Answer.Checkpoint(SignedCheckpoint checkpoint) -> checkpoint;
      case Answer other -> throw unexpected(other);
    };
  }

  @Override
  public Released release(ReleaseRequest request) throws SigningUnavailable, SigningRefused {
    return switch (ask(new Question.Release(request))) {
      case Answer.Released(Released released) -> released;
      case Answer.Refused(SigningRefused.Reason reason, String message) ->
          throw new SigningRefused(reason, message);
      case Answer other -> throw unexpected(other);
    };
  }

  private Answer ask(Question question) throws SigningUnavailable {
    return pool.ask(connection -> connection.ask(question), Duration.ZERO);
  }

  /** Closes its connections; calls that run end with {@link SigningUnavailable}. */
  @Override
  public void close() {
    pool.close();
  }

  private static SigningUnavailable unexpected(Answer answer) {
    return switch (answer) {
      case Answer.Unavailable(String message) -> SigningUnavailable.answered(message);
      case Answer.Refused(SigningRefused.Reason _, String message) ->
          SigningUnavailable.answered(message);
      case Answer.Fault(String message) ->
          new SigningUnavailable("the signer didn't understand: " + message);
      default -> new SigningUnavailable("the signer answered something else");
    };
  }
}
