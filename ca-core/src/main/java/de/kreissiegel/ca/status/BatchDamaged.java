package de.kreissiegel.ca.status;

/** Octets that should be a batch of OCSP answers and are none. */
final class BatchDamaged extends Exception {
  private static final long serialVersionUID = 1L;

  BatchDamaged(String why) {
    super(why, null, false, false);
  }
}
