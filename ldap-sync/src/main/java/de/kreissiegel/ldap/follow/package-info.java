/**
 * Follows a directory: reads all of it once, then what changes. In: a {@link
 * de.kreissiegel.ldap.mapping.MappedDirectory}. Out: reports to a {@link
 * de.kreissiegel.ca.roster.DirectoryIntake}, each with how far it reaches. By content
 * synchronisation (RFC 4533), DirSync (MS-ADTS §3.1.1.3.4.1.3), {@code uSNChanged} or {@code
 * modifyTimestamp}, whatever the server offers. An error of the directory is never a report. Front
 * door: {@link de.kreissiegel.ldap.follow.DirectoryFollower}.
 */
@NullMarked
package de.kreissiegel.ldap.follow;

import org.jspecify.annotations.NullMarked;
