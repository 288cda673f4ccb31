package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry. Its body as DER:
 *
 * <pre>
 * Entry ::= SEQUENCE {
 *   version INTEGER (1), index INTEGER, time INTEGER (milliseconds since 1970),
 *   request OCTET STRING (16), key UTF8String, policy OCTET STRING (32), structure INTEGER,
 *   digest OCTET STRING (32), signature OCTET STRING, previous OCTET STRING (32),
 *   claim [0] IMPLICIT OCTET STRING (32) OPTIONAL }
 * </pre>
 *
 * @param policy SHA-256 of the key's policy file
 * @param digest SHA-256 of what was signed
 * @param claim what may never be claimed again: SHA-256 of a certificate's issuer and serial
 * @param previous the hash of the entry before
 * @param hash SHA-256 of the body
 * @param toBeSigned what was signed, where it is kept; not part of the body
 */
record JournalEntry(
    long index,
    Instant time,
    UUID request,
    KeyId key,
    Bytes policy,
    SignedStructure structure,
    Bytes digest,
    Optional<Bytes> claim,
    Bytes signature,
    Bytes previous,
    Bytes hash,
    Optional<Bytes> toBeSigned) {
  Signed signed() {
    return new Signed(signature, index, hash);
  }

  JournalRecord asRecord() {
    return new JournalRecord(
        index, time, Happening.SIGNED, request, key, structure, toBeSigned, signature, "", hash);
  }
}
