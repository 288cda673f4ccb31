/** The certificates that were issued, and what became of them: search and detail, by scope. */
package de.kreissiegel.ca.inventory;
