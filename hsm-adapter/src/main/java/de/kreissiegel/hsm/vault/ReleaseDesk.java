package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.ReleaseReceipt;
import de.kreissiegel.hsm.approval.Releases;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.Draft;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.policy.RateBook;
import de.kreissiegel.hsm.policy.ReleaseRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.NotDecrypted;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * The way of one release: policy, approvals, rate, the key decrypts, a receipt signed by the
 * journal's key stands in the journal, and only then out. What was opened is never written.
 */
final class ReleaseDesk {
  /** The name under which releases are counted and journalled. */
  private static final String KIND = "release";

  private final GuardedKey journalKey;
  private final Releases releases;
  private final Memory memory;
  private final Journal journal;
  private final Clock clock;
  private final Turns turns = new Turns();

  ReleaseDesk(
      GuardedKey journalKey, Releases releases, Memory memory, Journal journal, Clock clock) {
    this.journalKey = journalKey;
    this.releases = releases;
    this.memory = memory;
    this.journal = journal;
    this.clock = clock;
  }

  Released release(ReleaseRequest request, GuardedKey key)
      throws SigningUnavailable, SigningRefused {
    try (Turns.Turn _ = turns.take(request.id())) {
      ReleaseRules rules = allowed(request, key);
      Releases.Granted granted = releases.check(request, rules.officers(), key.policy().officers());
      Optional<Journal.Found> before = journal.find(request.id());
      if (before.isPresent()) {
        return again(request, key, before.get().signed().journalIndex());
      }
      try (RateBook.Turn turn =
          memory.rates().check(request.key(), key.policy(), KIND, clock.instant())) {
        Bytes opened = opened(request, key);
        Signed receipt = journal.append(draft(request, key, granted.receipt()));
        turn.count();
        return new Released(opened, receipt.journalIndex(), receipt.entryHash());
      }
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the journal can't be read", unreadable);
    } catch (TokenUnavailable | JournalStopped failed) {
      throw new SigningUnavailable(String.valueOf(failed.getMessage()), failed);
    } catch (KeyLocked locked) {
      throw new SigningRefused(Reason.LOCKED_KEY, String.valueOf(locked.getMessage()));
    }
  }

  private static ReleaseRules allowed(ReleaseRequest request, GuardedKey key)
      throws SigningRefused {
    ReleaseRules rules =
        key.policy()
            .lesser()
            .release()
            .orElseThrow(() -> refused("structure: the key " + request.key() + " opens nothing"));
    if (rules.purpose() != request.purpose()) {
      throw refused("release-purpose: the key is for " + rules.purpose() + " only");
    }
    if (!rules.schemes().contains(request.scheme())) {
      throw refused("release-scheme: the key's policy doesn't allow " + request.scheme());
    }
    if (request.encrypted().length() > rules.largestOctets()) {
      throw refused("size: more than " + rules.largestOctets() + " octets");
    }
    return rules;
  }

  /** The same once more: the approvals were checked again, the receipt stands already. */
  private Released again(ReleaseRequest request, GuardedKey key, long index)
      throws IOException, SigningRefused, TokenUnavailable, KeyLocked {
    JournalRecord entry = journal.read(index, 1, Long.MAX_VALUE).getFirst();
    boolean same =
        entry.structure() == SignedStructure.RELEASE_RECEIPT
            && entry.toBeSigned().filter(receipt -> isOf(receipt, request)).isPresent();
    if (!same) {
      throw new SigningRefused(
          Reason.ID_REUSED, "the request " + request.id() + " was made before for something else");
    }
    return new Released(opened(request, key), index, entry.entryHash());
  }

  private static boolean isOf(Bytes receipt, ReleaseRequest request) {
    try {
      ReleaseReceipt written = ReleaseReceipt.decode(receipt);
      return written.key().equals(request.key())
          && written.purpose() == request.purpose()
          && written.scheme() == request.scheme()
          && written.encrypted().equals(Digests.sha256(request.encrypted().toArray()));
    } catch (MalformedEvidence _) {
      return false;
    }
  }

  private static Bytes opened(ReleaseRequest request, GuardedKey key)
      throws SigningRefused, TokenUnavailable, KeyLocked {
    try {
      return Bytes.of(
          key.token().decrypt(request.key(), request.scheme(), request.encrypted().toArray()));
    } catch (NotDecrypted not) {
      throw new SigningRefused(Reason.MALFORMED, "not encrypted to this key by this scheme");
    }
  }

  private Draft draft(ReleaseRequest request, GuardedKey key, ReleaseReceipt receipt)
      throws TokenUnavailable, KeyLocked {
    Bytes octets = receipt.encoded();
    return new Draft(
        Happening.SIGNED,
        request.id(),
        request.key(),
        SignedStructure.RELEASE_RECEIPT,
        Digests.sha256(octets.toArray()),
        Optional.of(octets),
        request.evidence(),
        key.policyDigest(),
        Optional.empty(),
        journalKey.token().sign(journalKey.key().id(), octets.toArray()),
        KIND);
  }

  private static SigningRefused refused(String sentence) {
    return new SigningRefused(Reason.POLICY, sentence);
  }
}
