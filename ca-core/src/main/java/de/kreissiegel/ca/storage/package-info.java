/** The only SQL. Implements the books of the other rooms over PostgreSQL. */
package de.kreissiegel.ca.storage;
