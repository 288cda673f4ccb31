package de.kreissiegel.hsm.journal;

/** What a journal has just done; a crash can come behind each. */
public enum Step {
  /** Room was made for the entries. */
  ROOM_MADE,
  /** Entries were written, but not synced. */
  WRITTEN,
  /** Entries are on disk. */
  SYNCED,
  /** Entries can be found. */
  INDEXED,
  /** Those who wait were told. */
  RELEASED,
  /** A checkpoint was signed. */
  CHECKPOINT_SIGNED,
  /** A checkpoint was written, but not synced. */
  CHECKPOINT_WRITTEN,
  /** A checkpoint is on disk. */
  CHECKPOINT_SYNCED,
  /** The room that a file didn't need was taken away. */
  SEGMENT_CLOSED,
  /** The next file is on disk. */
  SEGMENT_MADE,
  /** A file without the erased bodies is on disk beside the one with them. */
  ERASURE_WRITTEN,
  /** It has taken the other's place. */
  ERASURE_DONE
}
