package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.Approvals;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.Draft;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.policy.Passed;
import de.kreissiegel.hsm.policy.PolicyGate;
import de.kreissiegel.hsm.policy.RateBook;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The way of one signature: known already? policy, approvals, rate, key, journal, and only then
 * out.
 */
final class SigningDesk {
  private final KeyCabinet cabinet;
  private final PolicyGate gate;
  private final Approvals approvals;
  private final Memory memory;
  private final Journal journal;
  private final Clock clock;
  private final Turns turns = new Turns();

  SigningDesk(
      KeyCabinet cabinet,
      PolicyGate gate,
      Approvals approvals,
      Memory memory,
      Journal journal,
      Clock clock) {
    this.cabinet = cabinet;
    this.gate = gate;
    this.approvals = approvals;
    this.memory = memory;
    this.journal = journal;
    this.clock = clock;
  }

  Signed sign(SignRequest request, Bytes digest, GuardedKey key)
      throws SigningUnavailable, SigningRefused {
    try (Turns.Turn _ = turns.take(request.id())) {
      Optional<Journal.Found> before = journal.find(request.id());
      return before.isPresent()
          ? Repetition.of(request.id(), request.key(), request.structure(), digest, before.get())
          : first(request, digest, key);
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the journal can't be read", unreadable);
    } catch (JournalStopped | TokenUnavailable stopped) {
      throw new SigningUnavailable(String.valueOf(stopped.getMessage()), stopped);
    } catch (KeyLocked locked) {
      throw new SigningRefused(Reason.LOCKED_KEY, String.valueOf(locked.getMessage()));
    }
  }

  private Signed first(SignRequest request, Bytes digest, GuardedKey key)
      throws SigningRefused, JournalStopped, TokenUnavailable, KeyLocked {
    Passed passed = gate.pass(request, key.policy(), cabinet.facts(key));
    if (passed.asked().isPresent()) {
      approvals.check(passed.asked().get(), passed.approval(), key.officers(), request.evidence());
    } else if (!request.evidence().isEmpty()) {
      throw new SigningRefused(
          Reason.POLICY, "evidence-unasked: nothing but a certificate needs evidence");
    }
    Instant now = clock.instant();
    try (RateBook.Turn turn =
        memory.rates().check(request.key(), key.policy(), passed.kind(), now)) {
      Signed signed = claimed(request, digest, key, passed);
      turn.count();
      memory.signed(request, passed.kind(), now);
      return signed;
    }
  }

  private Signed claimed(SignRequest request, Bytes digest, GuardedKey key, Passed passed)
      throws SigningRefused, JournalStopped, TokenUnavailable, KeyLocked {
    Optional<Bytes> claim = passed.claim().map(once -> Digests.sha256(once.toArray()));
    if (claim.isPresent() && !journal.claim(claim.get())) {
      throw new SigningRefused(
          Reason.POLICY, "serial-number: this issuer has signed that serial number before");
    }
    boolean written = false;
    try {
      Bytes octets = gate.signedOctets(request);
      Bytes signature = key.token().sign(request.key(), octets.toArray());
      Signed signed = journal.append(draft(request, digest, key, passed, claim, signature));
      written = true;
      return signed;
    } finally {
      if (!written) {
        claim.ifPresent(journal::release);
      }
    }
  }

  private static Draft draft(
      SignRequest request,
      Bytes digest,
      GuardedKey key,
      Passed passed,
      Optional<Bytes> claim,
      Bytes signature) {
    return new Draft(
        Happening.SIGNED,
        request.id(),
        request.key(),
        request.structure(),
        digest,
        Optional.of(request.toBeSigned()).filter(_ -> request.structure().keptWhole()),
        request.evidence(),
        key.policyDigest(),
        claim,
        signature,
        passed.kind());
  }
}
