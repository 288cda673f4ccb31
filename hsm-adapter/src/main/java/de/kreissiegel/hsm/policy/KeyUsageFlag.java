package de.kreissiegel.hsm.policy;

import java.util.Set;

/** The bits of keyUsage (RFC 5280 §4.2.1.3), in their order. */
public enum KeyUsageFlag {
  DIGITAL_SIGNATURE("digitalSignature"),
  /** contentCommitment in newer editions of X.509. */
  NON_REPUDIATION("nonRepudiation"),
  KEY_ENCIPHERMENT("keyEncipherment"),
  DATA_ENCIPHERMENT("dataEncipherment"),
  KEY_AGREEMENT("keyAgreement"),
  KEY_CERT_SIGN("keyCertSign"),
  CRL_SIGN("cRLSign"),
  ENCIPHER_ONLY("encipherOnly"),
  DECIPHER_ONLY("decipherOnly");

  private final String word;

  KeyUsageFlag(String word) {
    this.word = word;
  }

  /** Its name in ASN.1, and in policy files. */
  public String word() {
    return word;
  }

  /** The flag of that name; IllegalArgumentException if there is none. */
  static KeyUsageFlag ofWord(String word) {
    for (KeyUsageFlag flag : values()) {
      if (flag.word.equals(word)) {
        return flag;
      }
    }
    throw new IllegalArgumentException("no key usage is called " + word);
  }

  /** The flags as bits, the first of them the lowest. */
  static int mask(Set<KeyUsageFlag> flags) {
    int mask = 0;
    for (KeyUsageFlag flag : flags) {
      mask |= 1 << flag.ordinal();
    }
    return mask;
  }
}
