package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A review of a period that was opened.
 *
 * @param tenant whose affairs; empty for the house's own
 * @param from when the period began
 * @param until when it was over
 * @param opened who drew the sample, and when
 * @param seed 32 octets of chance: of each kind those events were drawn whose SHA-256(seed || hash
 *     of the event) are the smallest
 * @param perKind how many of each kind were wanted
 * @param drawn what was drawn, of the kinds of which there was anything
 * @param progress how far it is
 * @param check the last check of the chains over the period, if there was one
 * @param signOff what closed it; empty while it is open
 */
public record Revision(
    UUID id,
    Optional<TenantId> tenant,
    Instant from,
    Instant until,
    Said opened,
    Bytes seed,
    int perKind,
    List<Drawn> drawn,
    Progress progress,
    Optional<Check> check,
    Optional<SignOff> signOff) {
  public Revision {
    drawn = List.copyOf(drawn);
  }

  /** Whether nothing of it changes any more. */
  public boolean isSigned() {
    return signOff.isPresent();
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "revision:" + id;
  }

  /**
   * A kind in the sample.
   *
   * @param population how many there were
   * @param number how many of them were drawn
   */
  public record Drawn(SampleKind kind, long population, int number) {}

  /**
   * How far it is.
   *
   * @param items how many were drawn
   * @param judged how many of them were found in order, or have a finding
   * @param findings how many findings there are
   * @param open how many of those aren't closed
   */
  public record Progress(int items, int judged, int findings, int open) {}

  /**
   * What the check of the chains over the period saw.
   *
   * @param chains how many chains had events in it
   * @param events how many events were recomputed
   * @param uncovered how many of them no signed head covers
   * @param faults what is wrong, in English as {@code audit verify} says it; 20 at most
   */
  public record Check(Said said, int chains, long events, long uncovered, List<String> faults) {
    public Check {
      faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
      return faults.isEmpty();
    }
  }

  /**
   * What closes it.
   *
   * @param statement what the revisor says of the whole
   * @param leftOut how many items nobody judged because they are deeds of who signed
   * @param digest SHA-256 over all that was signed ({@link SignedContent})
   */
  public record SignOff(Said said, SealedText statement, int leftOut, Bytes digest) {}
}
