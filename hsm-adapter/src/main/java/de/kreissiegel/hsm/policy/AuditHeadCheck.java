package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;

/** Holds the head of an audit chain to its form; nothing else may stand in it. */
final class AuditHeadCheck {
  private static final int HASH_OCTETS = 32;
  private static final int LONGEST_CHAIN = 255;

  private AuditHeadCheck() {}

  static void check(Bytes octets) throws SigningRefused, NotDer {
    StrictDer.check(octets.toArray());
    AuditHead head;
    try {
      head = AuditHead.decode(octets);
    } catch (RuntimeException _) {
      throw new NotDer("its parts are not those of an AuditHead");
    }
    if (!head.encoded().equals(octets)) {
      throw new NotDer("its parts are not those of an AuditHead");
    }
    require(
        head.hash().length() == HASH_OCTETS && head.sequence() >= 0,
        "audit-head",
        "the hash must be SHA-256's, the sequence number not negative");
    require(
        !head.chain().isEmpty()
            && head.chain().length() <= LONGEST_CHAIN
            && head.chain().chars().noneMatch(Character::isISOControl),
        "audit-head",
        "a chain has a name of 1 to 255 characters, none of them a control character");
  }
}
