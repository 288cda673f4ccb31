/**
 * How many certificates there are of what, by which keys the house is run, and who pays how much of
 * it. In: actors who may see how the house stands. Front door: {@link
 * de.kreissiegel.ca.census.CensusDesk}.
 */
package de.kreissiegel.ca.census;
