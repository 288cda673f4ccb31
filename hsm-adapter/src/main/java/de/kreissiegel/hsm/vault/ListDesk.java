package de.kreissiegel.hsm.vault;

import static de.kreissiegel.hsm.signing.SigningRefused.Reason.LOCKED_KEY;
import static de.kreissiegel.hsm.signing.SigningRefused.Reason.POLICY;

import de.kreissiegel.hsm.journal.Draft;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.policy.ListGate;
import de.kreissiegel.hsm.policy.ListReading;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.policy.PassedList;
import de.kreissiegel.hsm.policy.RateBook;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.TokenSignature;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of one revocation list, however long: it is read once, and while it goes by it is held
 * against the policy and fed to the key. Lists of one key are signed one after the other, so that
 * their numbers grow.
 */
final class ListDesk {
  /** The name under which lists are counted and journalled. */
  private static final String KIND = "list";

  private static final int PIECE = 64 << 10;

  private final ListGate gate = new ListGate();
  private final Journal journal;
  private final Memory memory;
  private final KeyCabinet cabinet;
  private final Clock clock;
  private final Map<KeyId, Lock> turns = new ConcurrentHashMap<>();

  ListDesk(KeyCabinet cabinet, Journal journal, Memory memory, Clock clock) {
    this.cabinet = cabinet;
    this.journal = journal;
    this.memory = memory;
    this.clock = clock;
  }

  Signed sign(ListRequest request, GuardedKey key) throws SigningUnavailable, SigningRefused {
    Lock turn = turns.computeIfAbsent(request.key(), _ -> new ReentrantLock());
    turn.lock();
    try {
      return inTurn(request, key);
    } catch (KeyLocked locked) {
      throw new SigningRefused(LOCKED_KEY, String.valueOf(locked.getMessage()));
    } catch (TokenUnavailable | JournalStopped failed) {
      throw new SigningUnavailable(String.valueOf(failed.getMessage()), failed);
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the list or the journal can't be read", unreadable);
    } finally {
      turn.unlock();
    }
  }

  private Signed inTurn(ListRequest request, GuardedKey key)
      throws SigningUnavailable,
          SigningRefused,
          KeyLocked,
          TokenUnavailable,
          JournalStopped,
          IOException {
    ListRules rules =
        key.policy()
            .lists()
            .orElseThrow(
                () ->
                    new SigningRefused(
                        POLICY, "structure: the key " + request.key() + " signs no lists"));
    Instant now = clock.instant();
    key.policy().terms().require(key.key().algorithm().standing(), now);
    Optional<Journal.Found> before = journal.find(request.id());
    if (before.isPresent()) {
      return Repetition.of(
          request.id(),
          request.key(),
          SignedStructure.CERTIFICATE_LIST,
          digest(request.toBeSigned()),
          before.get());
    }
    try (RateBook.Turn turn = memory.rates().check(request.key(), key.policy(), KIND, now)) {
      Signed signed = read(request, key, rules, now);
      turn.count();
      return signed;
    }
  }

  private Signed read(ListRequest request, GuardedKey key, ListRules rules, Instant now)
      throws SigningRefused, KeyLocked, TokenUnavailable, JournalStopped, IOException {
    Set<BigInteger> watched = memory.officers().watched(request.key(), now);
    ListReading reading = gate.begin(rules, cabinet.facts(key), now, watched::contains);
    TokenSignature signature = key.token().begin(request.key());
    boolean ended = false;
    try {
      feed(request.toBeSigned(), reading, signature);
      PassedList list = reading.finish(memory.numbers().of(request.key()));
      ListNote note = ListNote.of(list);
      memory.officers().checkList(note.forOfficers(request.key()), now);
      Bytes value = signature.sign();
      ended = true;
      Signed signed = journal.append(draft(request, key, list.sha256(), note, value));
      memory.signed(request.key(), note, now);
      return signed;
    } finally {
      if (!ended) {
        signature.abandon();
      }
    }
  }

  private static void feed(ContentSource content, ListReading reading, TokenSignature signature)
      throws IOException, SigningRefused, TokenUnavailable {
    byte[] piece = new byte[PIECE];
    try (InputStream in = content.open()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        reading.update(piece, 0, read);
        signature.update(piece, 0, read);
      }
    }
  }

  private static Bytes digest(ContentSource content) throws IOException {
    try (InputStream in = content.open()) {
      return Repetition.sha256(in);
    }
  }

  private static Draft draft(
      ListRequest request, GuardedKey key, Bytes digest, ListNote note, Bytes signature) {
    return new Draft(
        Happening.SIGNED,
        request.id(),
        request.key(),
        SignedStructure.CERTIFICATE_LIST,
        digest,
        Optional.of(note.encoded()),
        List.of(),
        key.policyDigest(),
        Optional.empty(),
        signature,
        KIND);
  }
}
