package de.kreissiegel.hsm.vault;

import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Lets two requests of one id come one after the other; others rarely wait for each other. */
final class Turns {
  private static final int STRIPES = 1024;

  private final Lock[] stripes = new Lock[STRIPES];

  Turns() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  Turn take(UUID id) {
    Lock stripe = stripes[Math.floorMod(id.hashCode(), STRIPES)];
    stripe.lock();
    return new Turn(stripe);
  }

  /** Ends when it is closed. */
  record Turn(Lock stripe) implements AutoCloseable {
    @Override
    public void close() {
      stripe.unlock();
    }
  }
}
