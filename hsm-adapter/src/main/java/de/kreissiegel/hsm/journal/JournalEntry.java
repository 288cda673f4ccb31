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
 * One entry. Its header, DER, whose SHA-256 is the entry's hash:
 *
 * <pre>
 * Header ::= SEQUENCE {
 *   version INTEGER (2), index INTEGER, time INTEGER (milliseconds since 1970),
 *   previous OCTET STRING (32),
 *   facts SEQUENCE {
 *     happening INTEGER, request OCTET STRING (16), key UTF8String, structure INTEGER,
 *     policy OCTET STRING (32), digest OCTET STRING (32), signature OCTET STRING,
 *     rule UTF8String, count INTEGER, body OCTET STRING (32),
 *     claim [0] IMPLICIT OCTET STRING OPTIONAL } }
 * </pre>
 *
 * @param previous the hash of the entry before
 * @param policy SHA-256 of the key's policy file
 * @param digest SHA-256 of what was signed; of a list of answers the head of their digests' tree
 * @param count how many signatures it stands for: 1, of a list of answers their number
 * @param bodyDigest SHA-256 of the body, also when that is gone
 * @param claim what may never be claimed again
 * @param hash SHA-256 of the header
 * @param body the octets of the {@link EntryBody} or {@link AnswerList}; none if it was erased
 */
record JournalEntry(
    long index,
    Instant time,
    Bytes previous,
    Happening happening,
    UUID request,
    KeyId key,
    SignedStructure structure,
    Bytes policy,
    Bytes digest,
    Bytes signature,
    String rule,
    int count,
    Bytes bodyDigest,
    Optional<Bytes> claim,
    Bytes hash,
    Optional<Bytes> body) {
  /** Of a list of answers, which has no request of its own. */
  static final UUID NO_REQUEST = new UUID(0, 0);

  static boolean listsAnswers(Happening happening, SignedStructure structure) {
    return happening == Happening.SIGNED && structure == SignedStructure.OCSP_RESPONSE;
  }

  boolean listsAnswers() {
    return listsAnswers(happening, structure);
  }

  /** Whether its request may come again and gets the same signature. */
  boolean remembered() {
    return happening == Happening.SIGNED && !listsAnswers();
  }

  Signed signed() {
    return new Signed(signature, index, hash);
  }

  /**
   * As the authority reads it.
   *
   * @throws BrokenFrame if the body can't be read
   */
  JournalRecord asRecord() throws BrokenFrame {
    boolean told = structure.keptWhole() || structure == SignedStructure.CERTIFICATE_LIST;
    Optional<Bytes> whole = told ? kept() : Optional.empty();
    return new JournalRecord(
        index,
        time,
        happening,
        request,
        key,
        structure,
        whole,
        signature,
        happening == Happening.REFUSED ? rule : "",
        hash);
  }

  /**
   * As the vault remembers it.
   *
   * @throws BrokenFrame if the body can't be read
   */
  Recalled recalled() throws BrokenFrame {
    return new Recalled(key, structure, rule, time, kept());
  }

  /**
   * What is kept of the octets; none if it was erased.
   *
   * @throws BrokenFrame if the body can't be read
   */
  Optional<Bytes> kept() throws BrokenFrame {
    return body.isEmpty() || listsAnswers()
        ? Optional.empty()
        : EntryBody.decode(body.get().toArray()).kept();
  }
}
