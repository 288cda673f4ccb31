package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What people order when names are to be forgotten. The ceremony's key signs its DER:
 *
 * <pre>
 * ErasureOrder ::= SEQUENCE {
 *   version INTEGER (2), journal OCTET STRING (32), entries INTEGER, head OCTET STRING (32),
 *   before INTEGER (milliseconds since 1970), structures SEQUENCE OF INTEGER,
 *   bodies INTEGER, selection OCTET STRING (32),
 *   orderedBy SEQUENCE OF UTF8String, record UTF8String, reason UTF8String }
 * </pre>
 *
 * <p>Orders of version 1 named no selection; no journal holds one.
 *
 * @param journal SHA-256 of the journal's public key: an order holds for one journal only
 * @param entries how many entries the journal had
 * @param head the last one's hash: an order holds for this history only
 * @param before what ended earlier is concerned
 * @param classes of which entries
 * @param bodies how many entries lose their bodies
 * @param selection SHA-256 of the {@link ErasureSelection}: which ones
 * @param orderedBy who confirmed it, at least two
 * @param record the name of the ceremony's record
 * @param reason in words; may be empty
 */
public record ErasureOrder(
    Bytes journal,
    long entries,
    Bytes head,
    Instant before,
    Set<RetentionClass> classes,
    long bodies,
    Bytes selection,
    List<String> orderedBy,
    String record,
    String reason) {
  private static final int VERSION = 2;
  private static final int LONGEST = 16 << 10;
  private static final int LONGEST_WORDS = 2000;
  private static final int MOST_PEOPLE = 16;

  /**
   * Refuses what is no order.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public ErasureOrder {
    classes = Set.copyOf(classes);
    orderedBy = List.copyOf(orderedBy);
    require(!classes.isEmpty() && bodies > 0, "an order is over something");
    require(
        orderedBy.size() <= MOST_PEOPLE && orderedBy.stream().distinct().count() >= 2,
        "an order names two different people");
    require(
        journal.length() == Digests.OCTETS
            && head.length() == Digests.OCTETS
            && selection.length() == Digests.OCTETS
            && entries > 0,
        "an order names a journal, its length and a selection");
    for (String words : orderedBy) {
      require(plain(words) && !words.isBlank(), "a name has no control characters");
    }
    require(plain(record) && plain(reason), "an order's words have no control characters");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static boolean plain(String words) {
    return words.length() <= LONGEST_WORDS && words.chars().noneMatch(Character::isISOControl);
  }

  /** What is signed, DER. */
  public Bytes encoded() {
    DerOutput codes = new DerOutput(32);
    for (RetentionClass one : RetentionClass.values()) {
      if (classes.contains(one)) {
        codes.integer(one.structure().code());
      }
    }
    DerOutput names = new DerOutput(64);
    orderedBy.forEach(names::text);
    return Bytes.of(
        new DerOutput(512)
            .integer(VERSION)
            .octetString(journal.toArray())
            .integer(entries)
            .octetString(head.toArray())
            .integer(before.toEpochMilli())
            .raw(codes.asSequence())
            .integer(bodies)
            .octetString(selection.toArray())
            .raw(names.asSequence())
            .text(record)
            .text(reason)
            .asSequence());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the octets are none, exactly as {@link #encoded} writes it
   */
  public static ErasureOrder read(Bytes octets) {
    if (octets.length() > LONGEST) {
      throw new IllegalArgumentException("an order has at most " + LONGEST + " octets");
    }
    try {
      ErasureOrder order = decode(octets.toArray());
      if (!order.encoded().equals(octets)) {
        throw new IllegalArgumentException("not an order as it is written");
      }
      return order;
    } catch (BrokenFrame broken) {
      throw new IllegalArgumentException("not an order: " + broken.getMessage(), broken);
    }
  }

  private static ErasureOrder decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput parts = all.sequence();
    all.end();
    if (parts.integer() != VERSION) {
      throw new BrokenFrame("not an order of version " + VERSION);
    }
    Bytes journal = Bytes.of(parts.octetString(Digests.OCTETS));
    long entries = parts.integer();
    Bytes head = Bytes.of(parts.octetString(Digests.OCTETS));
    Instant before = Instant.ofEpochMilli(parts.integer());
    Set<RetentionClass> classes = classes(parts.sequence());
    long bodies = parts.integer();
    Bytes selection = Bytes.of(parts.octetString(Digests.OCTETS));
    DerInput names = parts.sequence();
    List<String> orderedBy = new ArrayList<>();
    while (names.more()) {
      orderedBy.add(names.text());
    }
    String record = parts.text();
    String reason = parts.text();
    parts.end();
    return new ErasureOrder(
        journal, entries, head, before, classes, bodies, selection, orderedBy, record, reason);
  }

  private static Set<RetentionClass> classes(DerInput codes) throws BrokenFrame {
    Set<RetentionClass> classes = EnumSet.noneOf(RetentionClass.class);
    while (codes.more()) {
      classes.add(
          RetentionClass.of(SignedStructure.ofCode(codes.small()))
              .orElseThrow(() -> new BrokenFrame("an order over what is kept for good")));
    }
    return classes;
  }
}
