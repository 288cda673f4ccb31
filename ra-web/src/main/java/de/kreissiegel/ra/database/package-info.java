/**
 * The embedded PostgreSQL: the real server, from the binaries that come with the application, in
 * the data directory, with fsync on. A larger installation brings its own server instead, which is
 * reached by TLS ({@link de.kreissiegel.ra.database.DatabaseAddress}).
 */
@NullMarked
package de.kreissiegel.ra.database;

import org.jspecify.annotations.NullMarked;
