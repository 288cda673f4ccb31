package de.kreissiegel.ca.campaign;

/** What is wrong with what somebody said of a campaign. */
public enum Fault {
  /** The title is missing, or too long. */
  TITLE,
  /** It says nothing by which the new certificates differ. */
  GOAL,
  /** The day is none, or has passed, or is too far away. */
  DAY,
  /** So many letters a day are too few, or too many. */
  PACE,
  /** A text is too long, or holds other than letters and line ends. */
  TEXT
}
