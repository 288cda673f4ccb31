package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks the signer what a peer asked. What needs much memory or long waits for its turn. */
final class AnswerDesk {
  private static final System.Logger LOG = System.getLogger(AnswerDesk.class.getName());

  /** Octets of journal in one answer, about. */
  private static final long PAGE = 1 << 20;

  private static final long PATIENCE_SECONDS = 5;

  private final Signer signer;
  private final Semaphore journals = new Semaphore(8);
  private final Semaphore lists = new Semaphore(4);
  private final RareLog failures = new RareLog(LOG);

  AnswerDesk(Signer signer) {
    this.signer = signer;
  }

  /**
   * A turn, or that there was none in time.
   *
   * @param taken what is given back; nothing for a question that needs no turn
   */
  record Turn(boolean come, Optional<Semaphore> taken) implements AutoCloseable {
    @Override
    public void close() {
      taken.ifPresent(Semaphore::release);
    }
  }

  Turn turnFor(Question question) {
    return switch (question) {
      case Question.Journal _ -> turn(journals);
      case Question.SignList _ -> turn(lists);
      default -> new Turn(true, Optional.empty());
    };
  }

  private static Turn turn(Semaphore few) {
    try {
      boolean come = few.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Turn(come, Optional.of(few).filter(_ -> come));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Turn(false, Optional.empty());
    }
  }

  Answer answer(Question question, Turn turn) {
    return asked(
        turn,
        () ->
            switch (question) {
              case Question.Keys _ -> new Answer.Keys(signer.keys());
              case Question.Sign(SignRequest request) -> new Answer.Signed(signer.sign(request));
              case Question.Journal(long from, int atMost) ->
                  new Answer.Journal(page(signer.journal(from, atMost)));
              case Question.Health _ -> new Answer.Health(door().health());
              case Question.Checkpoint _ -> new Answer.Checkpoint(door().checkpoint());
              case Question.Release(ReleaseRequest request) ->
                  new Answer.Released(door().release(request));
              case Question.TakenIn(long next, Bytes hash) -> {
                signer.takenIn(next, hash);
                yield new Answer.Noted();
              }
              case Question.Hello _, Question.SignList _ ->
                  throw new IllegalArgumentException("not for this desk");
            });
  }

  Answer sign(Question.SignList list, ArrivingList content, Turn turn) {
    return asked(
        turn,
        () -> new Answer.Signed(signer.signList(new ListRequest(list.id(), list.key(), content))));
  }

  private VaultDoor door() throws SigningRefused {
    if (signer instanceof VaultDoor door) {
      return door;
    }
    throw new SigningRefused(
        SigningRefused.Reason.POLICY, "not-offered: this signer only signs and tells its journal");
  }

  private interface Asking {
    Answer ask() throws SigningRefused, SigningUnavailable;
  }

  private Answer asked(Turn turn, Asking asking) {
    if (!turn.come()) {
      return new Answer.Unavailable("too many ask for that at once; come again");
    }
    try {
      return asking.ask();
    } catch (SigningRefused refused) {
      return new Answer.Refused(refused.reason(), String.valueOf(refused.getMessage()));
    } catch (SigningUnavailable unavailable) {
      failures.warn("No signature: " + unavailable.getMessage());
      return new Answer.Unavailable(String.valueOf(unavailable.getMessage()));
    }
  }

  /** Two at least: who goes on reading has the first already, and wants to see that it fits. */
  private static List<JournalRecord> page(List<JournalRecord> records) {
    long octets = 0;
    for (int count = 0; count < records.size(); count++) {
      octets += records.get(count).toBeSigned().map(kept -> kept.length()).orElse(0);
      octets += records.get(count).signature().length() + 256L;
      if (octets > PAGE && count > 1) {
        return records.subList(0, count);
      }
    }
    return records;
  }
}
