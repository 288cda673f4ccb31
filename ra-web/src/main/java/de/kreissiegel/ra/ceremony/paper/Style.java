package de.kreissiegel.ra.ceremony.paper;

/** Which letters. */
public enum Style {
  TEXT,
  STRONG,
  /** All of one width, zero and O apart: for what is compared or typed. */
  MONO
}
