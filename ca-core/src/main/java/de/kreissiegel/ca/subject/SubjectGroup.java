package de.kreissiegel.ca.subject;

/**
 * A group of the directory.
 *
 * @param id the directory's id of it
 * @param name for display
 */
public record SubjectGroup(SubjectId id, String name) {}
