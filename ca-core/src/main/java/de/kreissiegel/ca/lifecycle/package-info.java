/**
 * What follows for certificates and open requests when the directory changes. An adapter of the
 * directory reports here what it has seen; it decides nothing.
 */
package de.kreissiegel.ca.lifecycle;
