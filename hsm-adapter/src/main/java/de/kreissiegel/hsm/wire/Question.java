package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import java.util.UUID;

/** What a client says. */
public sealed interface Question {
  /** {@code SEQUENCE { INTEGER 0, version INTEGER }}: the first of a connection. */
  record Hello(int version) implements Question {}

  /** {@code SEQUENCE { INTEGER 1 }}. */
  record Keys() implements Question {}

  /**
   * {@code SEQUENCE { INTEGER 2, id OCTET STRING (16), key UTF8String, structure INTEGER,
   * toBeSigned OCTET STRING, evidence SEQUENCE OF Evidence }}, where {@code Evidence} is one of
   *
   * <pre>
   * SEQUENCE { INTEGER 1, signedData OCTET STRING }
   * SEQUENCE { INTEGER 2, statement OCTET STRING, registration OCTET STRING,
   *            credentialId OCTET STRING, authenticatorData OCTET STRING,
   *            clientData OCTET STRING, signature OCTET STRING }
   * SEQUENCE { INTEGER 3, certificationRequest OCTET STRING, protocol UTF8String OPTIONAL }
   * </pre>
   */
  record Sign(SignRequest request) implements Question {}

  /** {@code SEQUENCE { INTEGER 3, fromIndex INTEGER, atMost INTEGER }}. */
  record Journal(long fromIndex, int atMost) implements Question {}

  /**
   * {@code SEQUENCE { INTEGER 4, id OCTET STRING (16), key UTF8String, length INTEGER }}; then,
   * without a frame, so many octets of a TBSCertList.
   */
  record SignList(UUID id, KeyId key, long length) implements Question {}

  /** {@code SEQUENCE { INTEGER 5 }}. */
  record Health() implements Question {}

  /** {@code SEQUENCE { INTEGER 6 }}. */
  record Checkpoint() implements Question {}

  /**
   * {@code SEQUENCE { INTEGER 7, id OCTET STRING (16), key UTF8String, purpose INTEGER, scheme
   * INTEGER, encrypted OCTET STRING, evidence SEQUENCE OF Evidence }}.
   */
  record Release(ReleaseRequest request) implements Question {}

  /** {@code SEQUENCE { INTEGER 8, nextIndex INTEGER, lastHash OCTET STRING (32) }}. */
  record TakenIn(long nextIndex, Bytes lastHash) implements Question {}
}
