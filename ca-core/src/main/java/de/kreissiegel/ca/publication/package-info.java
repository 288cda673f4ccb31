/**
 * What follows an issuance or revocation in the directories. In: errands, written into the outbox
 * with the change that causes them, and the lists that this node serves. Out: values in people's
 * entries (RFC 4523, RFC 2798), authorities' certificates and lists in entries of their own, each
 * carried out at least once and the same if carried out twice. Front door: {@link
 * de.kreissiegel.ca.publication.Publishing}; a directory stands behind {@link
 * de.kreissiegel.ca.publication.Destination}.
 */
package de.kreissiegel.ca.publication;
