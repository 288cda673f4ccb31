package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.tree.HashTree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The body of an entry that stands for many OCSP answers:
 *
 * <pre>
 * Body ::= SEQUENCE OF SEQUENCE { request OCTET STRING (16), digest OCTET STRING (32) }
 * </pre>
 *
 * The digest in the entry's header is the head of the Merkle tree (RFC 9162 §2.1.1) whose leaves
 * are the answers' digests, in this order.
 */
record AnswerList(List<Answer> answers) {
  /** One answer's request and SHA-256 of its ResponseData. */
  record Answer(UUID request, Bytes digest) {}

  static byte[] item(Draft draft) {
    return new DerOutput(64)
        .octetString(octets(draft.request()))
        .octetString(draft.digest().toArray())
        .asSequence();
  }

  static AnswerList decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput items = all.sequence();
    all.end();
    List<Answer> answers = new ArrayList<>();
    while (items.more()) {
      DerInput item = items.sequence();
      answers.add(new Answer(request(item), Bytes.of(item.octetString(Digests.OCTETS))));
      item.end();
    }
    return new AnswerList(answers);
  }

  Bytes root() {
    HashTree tree = new HashTree();
    answers.forEach(answer -> tree.add(answer.digest().toArray()));
    return tree.root();
  }

  static byte[] octets(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  static UUID request(DerInput in) throws BrokenFrame {
    ByteBuffer octets = ByteBuffer.wrap(in.octetString(2 * Long.BYTES));
    return new UUID(octets.getLong(), octets.getLong());
  }
}
