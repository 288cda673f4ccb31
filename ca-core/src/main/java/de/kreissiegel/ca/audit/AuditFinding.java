package de.kreissiegel.ca.audit;

/**
 * Something that is not as it was written.
 *
 * @param kind what happened
 * @param chain in which chain
 * @param sequence at which event; for {@link Kind#TAIL_CUT} the last that is there
 * @param text in a sentence
 */
public record AuditFinding(Kind kind, String chain, long sequence, String text) {
  /** What can be found. */
  public enum Kind {
    /** An event doesn't match its hash. */
    CHANGED,
    /** Numbers are missing in the middle. */
    MISSING,
    /** An event was taken out, and those after it renumbered. */
    REMOVED,
    /** An event was put in, and those after it renumbered. */
    INSERTED,
    /** Two events have changed places. */
    SWAPPED,
    /** The chain ends before it should. */
    TAIL_CUT,
    /** The chain's own row tells of another head than its last event. */
    HEAD_CHANGED,
    /** The vault has signed another hash for this event: it and what is before it was rewritten. */
    REWRITTEN,
    /** A checkpoint's signature is not the vault's. */
    CHECKPOINT_FORGED
  }

  @Override
  public String toString() {
    return kind + " " + chain + "/" + sequence + ": " + text;
  }
}
