/** The certificates on which the house itself stands: whether they are renewed in time. */
package de.kreissiegel.ca.own;
