/**
 * Applications and invitations by list. An officer brings rows; each is checked, shown, and then
 * done by itself, by the same rules as a single one and in a job that goes on after a restart. A
 * person's key can be made by nobody else, so a person is asked to apply; devices and services come
 * with their certification requests.
 */
package de.kreissiegel.ca.bulk;
