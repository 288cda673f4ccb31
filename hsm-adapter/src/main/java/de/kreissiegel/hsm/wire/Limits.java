package de.kreissiegel.hsm.wire;

/** How large things on the wire may be. */
final class Limits {
  /** Pieces of evidence with one request. */
  static final int EVIDENCE = 16;

  /** Octets of one part of a piece of evidence. */
  static final int EVIDENCE_OCTETS = 64 << 10;

  /** Octets of a word: a key's, a protocol's, a token's name. */
  static final int WORD = 64;

  /** Octets of a sentence for people. */
  static final int SENTENCE = 8 << 10;

  /** Octets of what is decrypted: an RSA modulus of 16384 bits. */
  static final int ENCRYPTED = 2 << 10;

  /** Tokens that a vault tells of. */
  static final int TOKENS = 64;

  private Limits() {}
}
