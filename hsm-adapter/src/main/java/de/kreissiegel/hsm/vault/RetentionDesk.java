package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.ErasureOrder;
import de.kreissiegel.hsm.journal.ErasurePlan;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plans what of the journal may be erased, and erases what the ceremony's key ordered. */
final class RetentionDesk {
  private final Journal journal;
  private final KeyCabinet cabinet;
  private final TakenIn takenIn;
  private final Refusals refusals;
  private final Clock clock;

  RetentionDesk(
      Journal journal, KeyCabinet cabinet, TakenIn takenIn, Refusals refusals, Clock clock) {
    this.journal = journal;
    this.cabinet = cabinet;
    this.takenIn = takenIn;
    this.refusals = refusals;
    this.clock = clock;
  }

  ErasurePlan plan(Set<RetentionClass> classes, Instant before) throws IOException {
    return journal.planErasure(classes, before, takenIn.next(), retention());
  }

  long erase(Bytes order, Bytes signature) throws IOException, SigningUnavailable, SigningRefused {
    Bytes policy = cabinet.find(InnerKeys.CEREMONY).orElseThrow().policyDigest();
    try {
      return journal.erase(read(order), signature, takenIn.next(), retention(), policy);
    } catch (JournalStopped stopped) {
      throw new SigningUnavailable(String.valueOf(stopped.getMessage()), stopped);
    } catch (SigningRefused refused) {
      refusals.note(
          UUID.nameUUIDFromBytes(order.toArray()),
          InnerKeys.CEREMONY,
          SignedStructure.ERASURE_ORDER,
          Digests.sha256(order.toArray()),
          policy,
          refused);
      throw refused;
    }
  }

  private static ErasureOrder read(Bytes order) throws SigningRefused {
    try {
      return ErasureOrder.read(order);
    } catch (IllegalArgumentException notOne) {
      throw new SigningRefused(Reason.MALFORMED, "erasure-order: " + notOne.getMessage());
    }
  }

  private Retention retention() {
    return new Retention(
        cabinet.all().stream()
            .map(key -> key.policy().officers())
            .flatMap(Optional::stream)
            .map(OfficerRules::firstOfficers)
            .flatMap(Set::stream)
            .collect(Collectors.toSet()),
        clock.instant());
  }
}
