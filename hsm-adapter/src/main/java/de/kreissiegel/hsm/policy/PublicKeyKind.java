package de.kreissiegel.hsm.policy;

/** The kinds of public key that a policy can allow in certificates. */
public enum PublicKeyKind {
  P256("P-256", "1.2.840.10045.3.1.7", 256),
  P384("P-384", "1.3.132.0.34", 384),
  P521("P-521", "1.3.132.0.35", 521),
  BRAINPOOL_P256R1("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", 256),
  BRAINPOOL_P384R1("brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", 384),
  BRAINPOOL_P512R1("brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13", 512),
  /** With rsaEncryption (RFC 3279 §2.3.1); its length is the rule's. */
  RSA("rsa", "1.2.840.113549.1.1.1", 0),
  ML_DSA_65("ml-dsa-65", "2.16.840.1.101.3.4.3.18", 1952),
  ML_DSA_87("ml-dsa-87", "2.16.840.1.101.3.4.3.19", 2592),
  SLH_DSA_SHA2_192S("slh-dsa-sha2-192s", "2.16.840.1.101.3.4.3.22", 48),
  SLH_DSA_SHA2_256S("slh-dsa-sha2-256s", "2.16.840.1.101.3.4.3.24", 64),
  ML_KEM_768("ml-kem-768", "2.16.840.1.101.3.4.4.2", 1184),
  ML_KEM_1024("ml-kem-1024", "2.16.840.1.101.3.4.4.3", 1568),
  ED25519("ed25519", "1.3.101.112", 32),
  X25519("x25519", "1.3.101.110", 32);

  private final String word;
  private final String identifier;
  private final int size;

  PublicKeyKind(String word, String identifier, int size) {
    this.word = word;
    this.identifier = identifier;
    this.size = size;
  }

  /** Its name in policy files. */
  public String word() {
    return word;
  }

  /** Of a curve its own, else the algorithm's object identifier, in dotted form. */
  String identifier() {
    return identifier;
  }

  boolean elliptic() {
    return ordinal() <= BRAINPOOL_P512R1.ordinal();
  }

  /** Octets of the key, where the algorithm fixes them and it isn't on a curve. */
  int octets() {
    return size;
  }

  /** The kind of that name; IllegalArgumentException if there is none. */
  static PublicKeyKind ofWord(String word) {
    for (PublicKeyKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of key is called " + word);
  }
}
