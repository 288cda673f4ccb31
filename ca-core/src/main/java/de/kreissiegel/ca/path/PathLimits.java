package de.kreissiegel.ca.path;

/** How much is read and tried. What is beyond is refused, not cut off. */
final class PathLimits {
  /** Octets of a file: a CRL of a million entries has about 40 million. */
  static final int FILE = 64 << 20;

  /** Octets of a certificate: one signed by SLH-DSA-256f has 50 thousand. */
  static final int CERTIFICATE = 64 << 10;

  /** Certificates and CRLs, each. */
  static final int ITEMS = 512;

  /** Certificates of a path, without the anchor. */
  static final int PATH = 16;

  /** Paths that are validated until one is good. */
  static final int CANDIDATES = 32;

  /** Signatures of certificates that are verified while paths are built. */
  static final int VERIFICATIONS = 1024;

  /** Nodes of one level of the valid_policy_tree. */
  static final int POLICY_NODES = 1024;

  /** Names of a certificate times subtrees above it. */
  static final long NAME_COMPARISONS = 1L << 20;

  /** Certificates that may have signed the CRLs and are not of the path. */
  static final int LIST_SIGNERS = 16;

  private PathLimits() {}
}
