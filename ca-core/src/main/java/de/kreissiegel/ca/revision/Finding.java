package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Something that a revisor found wrong.
 *
 * @param revision in which review
 * @param tenant whose affairs; empty for the house's own
 * @param item with which item; empty for something at large
 * @param office which office has to answer for it
 * @param steps what became of it, the oldest first
 */
public record Finding(
    UUID id,
    UUID revision,
    Optional<TenantId> tenant,
    OptionalInt item,
    Severity severity,
    Office office,
    SealedText text,
    Said found,
    List<Step> steps) {
  public Finding {
    steps = List.copyOf(steps);
  }

  /** How grave it is. */
  public enum Severity {
    /** Nothing is wrong, but something could be better. */
    NOTE,
    /** A rule wasn't kept, without consequence. */
    MINOR,
    /** A rule wasn't kept, and it has or may have consequences. */
    MAJOR,
    /** Something has to be done at once. */
    CRITICAL
  }

  /** What a step is. */
  public enum StepKind {
    /** What was answered or done. */
    NOTED,
    /** That it is done with. */
    CLOSED
  }

  /** What a revisor noted of what became of it. */
  public record Step(StepKind kind, SealedText text, Said said) {}

  /** Whether nobody has closed it. */
  public boolean isOpen() {
    return steps.stream().noneMatch(step -> step.kind() == StepKind.CLOSED);
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "finding:" + id;
  }
}
