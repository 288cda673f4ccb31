/**
 * The certificates that were issued, what became of them, and when somebody last asked about one:
 * search and detail, by scope.
 */
package de.kreissiegel.ca.inventory;
