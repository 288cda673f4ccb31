package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.util.List;

/** What the signer says. */
public sealed interface Answer {
  /** {@code SEQUENCE { INTEGER 0, version INTEGER }}. */
  record Hello(int version) implements Answer {}

  /**
   * {@code SEQUENCE { INTEGER 1, SEQUENCE OF SEQUENCE { id UTF8String, publicKey OCTET STRING,
   * signatureAlgorithm OCTET STRING, active BOOLEAN, SEQUENCE OF structure INTEGER } }}.
   */
  record Keys(List<VaultKey> keys) implements Answer {
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /**
   * {@code SEQUENCE { INTEGER 2, signature OCTET STRING, journalIndex INTEGER, entryHash OCTET
   * STRING }}.
   */
  record Signed(de.kreissiegel.hsm.signing.Signed signed) implements Answer {}

  /**
   * {@code SEQUENCE { INTEGER 3, SEQUENCE OF SEQUENCE { index INTEGER, time INTEGER, happening
   * INTEGER, id OCTET STRING, key UTF8String, structure INTEGER, signature OCTET STRING, rule
   * UTF8String, entryHash OCTET STRING, toBeSigned OCTET STRING OPTIONAL } }}.
   */
  record Journal(List<JournalRecord> records) implements Answer {
    public Journal {
      records = List.copyOf(records);
    }
  }

  /** {@code SEQUENCE { INTEGER 4, reason INTEGER, message UTF8String }}. */
  record Refused(SigningRefused.Reason reason, String message) implements Answer {}

  /** {@code SEQUENCE { INTEGER 5, message UTF8String }}: come again, or read the journal. */
  record Unavailable(String message) implements Answer {}

  /** {@code SEQUENCE { INTEGER 6, message UTF8String }}: not understood; the connection ends. */
  record Fault(String message) implements Answer {}

  /**
   * {@code SEQUENCE { INTEGER 7, version UTF8String, SEQUENCE OF SEQUENCE { name UTF8String, kind
   * UTF8String, present BOOLEAN, sentence UTF8String }, SEQUENCE { entries INTEGER, checkpointed
   * INTEGER, writable BOOLEAN, sentence UTF8String }, refusals INTEGER, SEQUENCE { time INTEGER,
   * key UTF8String, rule UTF8String } OPTIONAL }}.
   */
  record Health(VaultHealth health) implements Answer {}

  /** {@code SEQUENCE { INTEGER 8, size INTEGER, head OCTET STRING, note UTF8String }}. */
  record Checkpoint(SignedCheckpoint checkpoint) implements Answer {}

  /**
   * {@code SEQUENCE { INTEGER 9, octets OCTET STRING, journalIndex INTEGER, entryHash OCTET STRING
   * }}.
   */
  record Released(de.kreissiegel.hsm.signing.Released released) implements Answer {}

  /** {@code SEQUENCE { INTEGER 10 }}: it was noted. */
  record Noted() implements Answer {}
}
