package de.kreissiegel.ca.profile;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * An extension that is the same in all certificates of a profile.
 *
 * @param oid its object identifier, in dotted form
 * @param critical its flag
 * @param value the DER in its OCTET STRING
 */
public record FixedExtension(String oid, boolean critical, Bytes value) {}
