/**
 * The authority as a whole: {@link de.kreissiegel.ca.CertificationAuthority} builds the rooms,
 * hands out their doors and runs what has to be done from time to time.
 */
package de.kreissiegel.ca;
