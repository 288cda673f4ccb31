package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.Draft;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.policy.KeyFacts;
import de.kreissiegel.hsm.policy.Passed;
import de.kreissiegel.hsm.policy.PolicyGate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The way of one signature: known already? policy, key, journal, and only then out. */
final class SigningDesk {
  private static final int STRIPES = 1024;

  private final KeyCabinet cabinet;
  private final Token token;
  private final PolicyGate gate;
  private final Journal journal;
  private final Lock[] stripes = new Lock[STRIPES];

  SigningDesk(KeyCabinet cabinet, Token token, PolicyGate gate, Journal journal) {
    this.cabinet = cabinet;
    this.token = token;
    this.gate = gate;
    this.journal = journal;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    GuardedKey key =
        cabinet
            .find(request.key())
            .orElseThrow(
                () ->
                    new SigningRefused(
                        Reason.UNKNOWN_KEY, "there is no key named " + request.key()));
    Bytes digest = Digests.sha256(request.toBeSigned().toArray());
    // Two requests of one id, one after the other; others rarely meet in a stripe.
    Lock stripe = stripes[Math.floorMod(request.id().hashCode(), STRIPES)];
    stripe.lock();
    try {
      Optional<Journal.Found> before = journal.find(request.id());
      return before.isPresent()
          ? again(request, digest, before.get())
          : first(request, digest, key);
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the journal can't be read", unreadable);
    } catch (JournalStopped stopped) {
      throw new SigningUnavailable(String.valueOf(stopped.getMessage()), stopped);
    } finally {
      stripe.unlock();
    }
  }

  private static Signed again(SignRequest request, Bytes digest, Journal.Found before)
      throws SigningRefused {
    if (before.digest().equals(digest)
        && before.key().equals(request.key())
        && before.structure() == request.structure()) {
      return before.signed();
    }
    throw new SigningRefused(
        Reason.ID_REUSED, "the request " + request.id() + " was made before for something else");
  }

  private Signed first(SignRequest request, Bytes digest, GuardedKey key)
      throws SigningRefused, SigningUnavailable, JournalStopped {
    Passed passed =
        gate.pass(
            request,
            key.policy(),
            new KeyFacts(key.key().publicKey(), key.signatureAlgorithm(), cabinet::holds));
    Optional<Bytes> claim = passed.claim().map(once -> Digests.sha256(once.toArray()));
    if (claim.isPresent() && !journal.claim(claim.get())) {
      throw new SigningRefused(
          Reason.POLICY, "serial-number: this issuer has signed that serial number before");
    }
    boolean written = false;
    try {
      Bytes signature = token.sign(request.key(), request.toBeSigned().toArray());
      Signed signed = journal.append(signed(request, digest, key, passed, claim, signature));
      written = true;
      return signed;
    } catch (TokenUnavailable gone) {
      throw new SigningUnavailable(String.valueOf(gone.getMessage()), gone);
    } catch (KeyLocked locked) {
      throw new SigningRefused(Reason.LOCKED_KEY, String.valueOf(locked.getMessage()));
    } finally {
      if (!written) {
        claim.ifPresent(journal::release);
      }
    }
  }

  private static Draft signed(
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
