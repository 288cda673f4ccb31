package de.kreissiegel.ca.revocation;

import java.util.function.Consumer;

/** All changes of status there ever were. It only grows: what was revoked once stays so. */
public interface RevocationBook {
  /** The changes with numbers greater than this one, in their order, one by one. */
  void each(long after, Consumer<RevocationFact> each);
}
