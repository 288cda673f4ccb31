package de.kreissiegel.ca.access;

/**
 * Which group of a directory gives an office.
 *
 * @param directory the directory's name
 * @param group the group's name, relative to the base, or to each tenant's entry
 */
public record RoleSource(String directory, Office office, String group) {}
