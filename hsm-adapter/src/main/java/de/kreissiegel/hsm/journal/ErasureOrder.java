package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What officers order when names are to be forgotten; they sign SHA-256 of its DER:
 *
 * <pre>
 * ErasureOrder ::= SEQUENCE {
 *   version INTEGER (1), journal OCTET STRING (32), before INTEGER (milliseconds since 1970),
 *   structures SEQUENCE OF INTEGER }
 * </pre>
 *
 * @param journal SHA-256 of the journal's public key: an order holds for one journal only
 * @param before files whose last entry is older are concerned
 * @param structures whose entries lose their bodies
 */
public record ErasureOrder(Bytes journal, Instant before, Set<SignedStructure> structures) {
  private static final int VERSION = 1;

  /** Refuses an order over nothing. */
  public ErasureOrder {
    structures = Set.copyOf(structures);
    if (structures.isEmpty() || journal.length() != Digests.OCTETS) {
      throw new IllegalArgumentException("an order names a journal and at least one structure");
    }
  }

  /** An order for the journal with that public key. */
  public static ErasureOrder of(Bytes publicKey, Instant before, Set<SignedStructure> structures) {
    return new ErasureOrder(
        Digests.sha256(publicKey.toArray()),
        Instant.ofEpochMilli(before.toEpochMilli()),
        structures);
  }

  /** What is signed, DER. */
  public Bytes encoded() {
    DerOutput codes = new DerOutput(32);
    for (SignedStructure structure : SignedStructure.values()) {
      if (structures.contains(structure)) {
        codes.integer(structure.code());
      }
    }
    return Bytes.of(
        new DerOutput(80)
            .integer(VERSION)
            .octetString(journal.toArray())
            .integer(before.toEpochMilli())
            .raw(codes.asSequence())
            .asSequence());
  }

  static ErasureOrder decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput parts = all.sequence();
    all.end();
    if (parts.integer() != VERSION) {
      throw new BrokenFrame("not an order of version " + VERSION);
    }
    Bytes journal = Bytes.of(parts.octetString(Digests.OCTETS));
    Instant before = Instant.ofEpochMilli(parts.integer());
    DerInput codes = parts.sequence();
    parts.end();
    Set<SignedStructure> structures = EnumSet.noneOf(SignedStructure.class);
    try {
      while (codes.more()) {
        structures.add(SignedStructure.ofCode(codes.small()));
      }
      return new ErasureOrder(journal, before, structures);
    } catch (IllegalArgumentException unknown) {
      throw new BrokenFrame("an order over something unknown", unknown);
    }
  }
}
