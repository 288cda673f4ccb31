package de.kreissiegel.hsm.policy;

import java.math.BigInteger;
import java.util.Optional;

/** What numbers a key's lists have reached. */
@FunctionalInterface
public interface LastNumbers {
  /** A key that has signed no list yet. */
  LastNumbers NONE = _ -> Optional.empty();

  /** The crlNumber of the newest list of that scope that the key has signed. */
  Optional<BigInteger> of(ListScope scope);

  /** Whether the key has signed a full list of that number; of those long ago nobody knows. */
  default boolean isComplete(ListScope scope, BigInteger number) {
    return false;
  }
}
