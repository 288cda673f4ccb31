/** Programs that say what the authority's work costs; docs/issuance.md has their figures. */
@org.jspecify.annotations.NullMarked
package de.kreissiegel.ca.bench;
