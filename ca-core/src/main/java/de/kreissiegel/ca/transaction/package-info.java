/**
 * One unit of work in the database, without its technique. The books of the rooms take part in it.
 */
package de.kreissiegel.ca.transaction;
