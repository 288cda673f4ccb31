package de.kreissiegel.hsm.journal;

/**
 * Something wrong with a journal.
 *
 * @param entry the number of the entry that is concerned
 * @param sentence for a person
 */
public record Finding(Kind kind, long entry, String sentence) {
  /** What kind of fault. */
  public enum Kind {
    /** An entry's octets are not those that were written. */
    CHANGED,
    /** An entry stands where another belongs: swapped, repeated, taken out. */
    MISPLACED,
    /** Entries are missing at the end. */
    CUT,
    /** A file is missing. */
    MISSING_FILE,
    /** A signed checkpoint is missing, not signed by the journal's key, or damaged. */
    CHECKPOINT,
    /** It is whole, but not the journal that the witness or a kept checkpoint saw. */
    WITNESS,
    /** Kept octets were dropped without an order. */
    ERASED,
    /** The journal is of a form that this software doesn't read. */
    VERSION
  }
}
