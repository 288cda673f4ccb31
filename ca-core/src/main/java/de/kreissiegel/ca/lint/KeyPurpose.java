package de.kreissiegel.ca.lint;

/** What a key is for, as far as rules differ by it. */
public enum KeyPurpose {
  /** Declarations of will. */
  SIGNATURE,
  /** Receiving what was encrypted. */
  ENCRYPTION,
  /** Proving who one is. */
  AUTHENTICATION,
  /** Approving as a registration officer. */
  APPROVAL,
  /** Signing OCSP answers. */
  STATUS,
  /** Whatever else. */
  OTHER
}
