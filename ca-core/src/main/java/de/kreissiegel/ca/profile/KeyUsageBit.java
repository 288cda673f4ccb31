package de.kreissiegel.ca.profile;

/** The bits of KeyUsage (RFC 5280 §4.2.1.3) that an end entity of ours can have. */
public enum KeyUsageBit {
  DIGITAL_SIGNATURE(0, "digitalSignature"),
  /** contentCommitment in newer editions of X.509. */
  NON_REPUDIATION(1, "nonRepudiation"),
  KEY_ENCIPHERMENT(2, "keyEncipherment"),
  KEY_AGREEMENT(4, "keyAgreement");

  private final int bit;
  private final String asn1Name;

  KeyUsageBit(int bit, String asn1Name) {
    this.bit = bit;
    this.asn1Name = asn1Name;
  }

  /** Its number in the BIT STRING, counted from 0. */
  public int bit() {
    return bit;
  }

  public String asn1Name() {
    return asn1Name;
  }
}
