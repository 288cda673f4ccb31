package de.kreissiegel.ca.profile;

/** The kinds of key that we certify (BSI TR-03116-4 §6.1, tables 29 and 30; TR-02102-1). */
public enum KeyAlgorithm {
  EC_P256("ec-p256"),
  EC_P384("ec-p384"),
  /** RSA of at least 3072 bits. */
  RSA("rsa-3072");

  private final String configName;

  KeyAlgorithm(String configName) {
    this.configName = configName;
  }

  /** Its name in profiles. */
  public String configName() {
    return configName;
  }

  public boolean isElliptic() {
    return this != RSA;
  }
}
