package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.Approvals;
import de.kreissiegel.hsm.approval.Releases;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.policy.PolicyGate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Which desk a request goes to; and what is refused there is noted, whoever asked. */
final class Desks {
  private static final Bytes UNKNOWN = Bytes.of(new byte[Digests.OCTETS]);

  private final KeyCabinet cabinet;
  private final SigningDesk signing;
  private final ListDesk lists;
  private final ReleaseDesk releases;
  private final Refusals refusals;

  Desks(KeyCabinet cabinet, Memory memory, Journal journal, Refusals refusals, Clock clock) {
    this.cabinet = cabinet;
    this.refusals = refusals;
    this.signing =
        new SigningDesk(
            cabinet,
            new PolicyGate(clock),
            new Approvals(cabinet::issuersNamed, memory.officers(), clock),
            memory,
            journal,
            clock);
    this.lists = new ListDesk(cabinet, journal, memory, clock);
    this.releases =
        new ReleaseDesk(
            cabinet.find(InnerKeys.JOURNAL).orElseThrow(),
            new Releases(cabinet::issuersNamed, memory.officers(), clock),
            memory,
            journal,
            clock);
  }

  Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    if (request.structure() == SignedStructure.CERTIFICATE_LIST) {
      return signList(
          new ListRequest(request.id(), request.key(), new HeldContent(request.toBeSigned())));
    }
    Bytes digest = Digests.sha256(request.toBeSigned().toArray());
    return noted(
        request.id(),
        request.key(),
        request.structure(),
        digest,
        key -> signing.sign(request, digest, key));
  }

  Signed signList(ListRequest request) throws SigningUnavailable, SigningRefused {
    return noted(
        request.id(),
        request.key(),
        SignedStructure.CERTIFICATE_LIST,
        UNKNOWN,
        key -> lists.sign(request, key));
  }

  Released release(ReleaseRequest request) throws SigningUnavailable, SigningRefused {
    return noted(
        request.id(),
        request.key(),
        SignedStructure.RELEASE_RECEIPT,
        Digests.sha256(request.encrypted().toArray()),
        key -> releases.release(request, key));
  }

  /** What a desk does. */
  @FunctionalInterface
  private interface Work<T> {
    T with(GuardedKey key) throws SigningUnavailable, SigningRefused;
  }

  private <T> T noted(UUID id, KeyId keyId, SignedStructure structure, Bytes digest, Work<T> work)
      throws SigningUnavailable, SigningRefused {
    Optional<GuardedKey> key = cabinet.find(keyId);
    try {
      return work.with(
          key.orElseThrow(
              () -> new SigningRefused(Reason.UNKNOWN_KEY, "there is no key named " + keyId)));
    } catch (SigningRefused refused) {
      Bytes policy = key.map(GuardedKey::policyDigest).orElse(UNKNOWN);
      refusals.note(id, keyId, structure, digest, policy, refused);
      throw refused;
    }
  }
}
