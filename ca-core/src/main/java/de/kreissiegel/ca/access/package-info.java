/**
 * Who may do what, for which tenant. The one place where that is decided; every use case asks here,
 * every door only passes its {@link de.kreissiegel.ca.access.Actor} on.
 */
package de.kreissiegel.ca.access;
