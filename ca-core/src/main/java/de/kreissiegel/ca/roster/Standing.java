package de.kreissiegel.ca.roster;

/** Whether the directory lets a subject work. */
public enum Standing {
  WORKING,
  /** Absent for long, and will return. */
  AWAY,
  DISABLED
}
