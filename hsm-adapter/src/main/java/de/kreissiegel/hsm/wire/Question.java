package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.SignRequest;

/** What a client says. */
public sealed interface Question {
  /** {@code SEQUENCE { INTEGER 0, version INTEGER }}: the first of a connection. */
  record Hello(int version) implements Question {}

  /** {@code SEQUENCE { INTEGER 1 }}. */
  record Keys() implements Question {}

  /**
   * {@code SEQUENCE { INTEGER 2, id OCTET STRING (16), key UTF8String, structure INTEGER,
   * toBeSigned OCTET STRING }}.
   */
  record Sign(SignRequest request) implements Question {}

  /** {@code SEQUENCE { INTEGER 3, fromIndex INTEGER, atMost INTEGER }}. */
  record Journal(long fromIndex, int atMost) implements Question {}
}
