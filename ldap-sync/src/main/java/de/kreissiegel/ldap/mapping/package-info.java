/**
 * Which entries of a directory are what. In: a mapping file (YAML, {@link
 * de.kreissiegel.ldap.mapping.MappingFile}) and entries. Out: tenants and subjects, and for an
 * entry that is none the reason ({@link de.kreissiegel.ldap.mapping.MappedDirectory}). What is not
 * clear, as a tenant that we may not see, is an error and never an answer.
 */
@NullMarked
package de.kreissiegel.ldap.mapping;

import org.jspecify.annotations.NullMarked;
