/**
 * Whom the directories name, as the authority last took it in, and how far each of them was read.
 * In: reports of an adapter that follows a directory ({@link
 * de.kreissiegel.ca.roster.DirectoryIntake}). Out: what changed. What follows from a change is
 * decided in {@code lifecycle}.
 */
package de.kreissiegel.ca.roster;
