package de.kreissiegel.ca.profile;

/** The kinds of key that we certify (BSI TR-03116-4 §6.1, tables 29 and 30; TR-02102-1). */
public enum KeyAlgorithm {
  EC_P256("ec-p256"),
  EC_P384("ec-p384"),
  EC_P521("ec-p521"),
  /** RFC 5639; phones and browsers don't know them. */
  BRAINPOOL_P256("brainpool-p256r1"),
  BRAINPOOL_P384("brainpool-p384r1"),
  BRAINPOOL_P512("brainpool-p512r1"),
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

  /** Whether it is on a curve of RFC 5639. */
  public boolean isBrainpool() {
    return switch (this) {
      case BRAINPOOL_P256, BRAINPOOL_P384, BRAINPOOL_P512 -> true;
      case EC_P256, EC_P384, EC_P521, RSA -> false;
    };
  }

  public boolean isElliptic() {
    return this != RSA;
  }
}
