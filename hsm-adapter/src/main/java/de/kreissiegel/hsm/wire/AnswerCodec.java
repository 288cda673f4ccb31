package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;

/** Answers to octets and back. */
public final class AnswerCodec {
  private AnswerCodec() {}

  public static byte[] encode(Answer answer) {
    return Parts.encode(
        switch (answer) {
          case Answer.Hello hello -> Parts.of(Parts.of(0), Parts.of(hello.version()));
          case Answer.Keys(List<VaultKey> keys) -> Parts.of(Parts.of(1), keys(keys));
          case Answer.Signed(Signed signed) ->
              Parts.of(
                  Parts.of(2),
                  Parts.of(signed.signature()),
                  Parts.of(signed.journalIndex()),
                  Parts.of(signed.entryHash()));
          case Answer.Journal(List<JournalRecord> records) ->
              Parts.of(Parts.of(3), records(records));
          case Answer.Refused(SigningRefused.Reason reason, String message) ->
              Parts.of(Parts.of(4), Parts.of(reason.code()), Parts.of(message));
          case Answer.Unavailable(String message) -> Parts.of(Parts.of(5), Parts.of(message));
          case Answer.Fault(String message) -> Parts.of(Parts.of(6), Parts.of(message));
        });
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessage if it isn't one, in DER
   */
  public static Answer decode(byte[] message) throws MalformedMessage {
    try {
      Parts parts = Parts.decode(message);
      Answer answer =
          switch (parts.number()) {
            case 0 -> new Answer.Hello(parts.number());
            case 1 -> new Answer.Keys(readKeys(parts.sequence()));
            case 2 ->
                new Answer.Signed(new Signed(parts.bytes(), parts.longNumber(), parts.bytes()));
            case 3 -> new Answer.Journal(readRecords(parts.sequence()));
            case 4 ->
                new Answer.Refused(SigningRefused.Reason.ofCode(parts.number()), parts.text());
            case 5 -> new Answer.Unavailable(parts.text());
            case 6 -> new Answer.Fault(parts.text());
            default -> throw new MalformedMessage("no such answer");
          };
      parts.end();
      return answer;
    } catch (IOException | RuntimeException notOne) {
      throw new MalformedMessage("not an answer", notOne);
    }
  }

  private static DERSequence keys(List<VaultKey> keys) {
    ASN1EncodableVector all = new ASN1EncodableVector();
    for (VaultKey key : keys) {
      ASN1EncodableVector structures = new ASN1EncodableVector();
      key.structures().stream()
          .sorted()
          .forEach(structure -> structures.add(Parts.of(structure.code())));
      all.add(
          Parts.of(
              Parts.of(key.id().value()),
              Parts.of(key.publicKey()),
              Parts.of(key.signatureAlgorithm()),
              ASN1Boolean.getInstance(key.state() == VaultKey.State.ACTIVE),
              Parts.of(structures)));
    }
    return Parts.of(all);
  }

  private static List<VaultKey> readKeys(Parts all) {
    List<VaultKey> keys = new ArrayList<>();
    while (all.hasMore()) {
      Parts key = all.sequence();
      KeyId id = new KeyId(key.text());
      Bytes publicKey = key.bytes();
      Bytes algorithm = key.bytes();
      VaultKey.State state = key.truth() ? VaultKey.State.ACTIVE : VaultKey.State.LOCKED;
      Parts structures = key.sequence();
      Set<SignedStructure> allowed = EnumSet.noneOf(SignedStructure.class);
      while (structures.hasMore()) {
        allowed.add(SignedStructure.ofCode(structures.number()));
      }
      key.end();
      keys.add(new VaultKey(id, publicKey, algorithm, allowed, state));
    }
    return keys;
  }

  private static DERSequence records(List<JournalRecord> records) {
    ASN1EncodableVector all = new ASN1EncodableVector();
    for (JournalRecord record : records) {
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(Parts.of(record.index()));
      parts.add(Parts.of(record.time().toEpochMilli()));
      parts.add(Parts.of(record.happening().code()));
      parts.add(Parts.of(record.requestId()));
      parts.add(Parts.of(record.key().value()));
      parts.add(Parts.of(record.structure().code()));
      parts.add(Parts.of(record.signature()));
      parts.add(Parts.of(record.rule()));
      parts.add(Parts.of(record.entryHash()));
      record.toBeSigned().ifPresent(octets -> parts.add(Parts.of(octets)));
      all.add(Parts.of(parts));
    }
    return Parts.of(all);
  }

  private static List<JournalRecord> readRecords(Parts all) {
    List<JournalRecord> records = new ArrayList<>();
    while (all.hasMore()) {
      Parts parts = all.sequence();
      long index = parts.longNumber();
      Instant time = Instant.ofEpochMilli(parts.longNumber());
      Happening happening = Happening.ofCode(parts.number());
      var request = parts.id();
      KeyId key = new KeyId(parts.text());
      SignedStructure structure = SignedStructure.ofCode(parts.number());
      Bytes signature = parts.bytes();
      String rule = parts.text();
      Bytes hash = parts.bytes();
      Optional<Bytes> kept = parts.hasMore() ? Optional.of(parts.bytes()) : Optional.empty();
      parts.end();
      records.add(
          new JournalRecord(
              index, time, happening, request, key, structure, kept, signature, rule, hash));
    }
    return records;
  }
}
