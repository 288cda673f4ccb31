/**
 * The revisor's review (BSI TR-03145-1, Role.Req.8: at least every six months). In come the audit
 * trail and the calendar; out goes, for each tenant and for the house's own affairs, a sample that
 * nobody can draw again, what a revisor found of each item, and a sign-off after which nothing
 * changes. A review that doesn't come is told of. It reads what was done, and changes none of it.
 */
package de.kreissiegel.ca.revision;
