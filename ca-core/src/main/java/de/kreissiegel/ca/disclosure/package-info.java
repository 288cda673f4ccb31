/**
 * What the house tells of what it holds: all there is about one person, to that person (Art. 15
 * GDPR), and counts that name nobody. It reads, and changes nothing.
 */
package de.kreissiegel.ca.disclosure;
