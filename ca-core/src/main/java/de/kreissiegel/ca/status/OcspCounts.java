package de.kreissiegel.ca.status;

import java.util.concurrent.atomic.LongAdder;

/** How often OCSP answered what, since this node started. */
public final class OcspCounts {
  final LongAdder ready = new LongAdder();
  final LongAdder signed = new LongAdder();
  final LongAdder nonceUnsigned = new LongAdder();
  final LongAdder tryLater = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder unauthorized = new LongAdder();

  OcspCounts() {}

  /** Answers that were signed ahead. */
  public long ready() {
    return ready.sum();
  }

  /** Answers that were signed for the request. */
  public long signed() {
    return signed.sum();
  }

  /** Requests with a nonce that got an answer without one, since nobody could sign. */
  public long nonceUnsigned() {
    return nonceUnsigned.sum();
  }

  public long tryLater() {
    return tryLater.sum();
  }

  public long malformed() {
    return malformed.sum();
  }

  public long unauthorized() {
    return unauthorized.sum();
  }
}
