/**
 * What follows for certificates and open requests when a directory changes, or when nobody uses
 * something any more: first a plan, held by a brake where it is too much at once, then what the
 * certificates' profiles say. In: reports of adapters, through {@link de.kreissiegel.ca.roster},
 * and what the status service noted. Front door: {@link
 * de.kreissiegel.ca.lifecycle.SubjectLifecycle}.
 */
package de.kreissiegel.ca.lifecycle;
