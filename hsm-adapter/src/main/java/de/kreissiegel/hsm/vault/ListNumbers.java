package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.LastNumbers;
import de.kreissiegel.hsm.policy.ListScope;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What crlNumbers each key has reached, as the journal says; for each scope of its own. */
final class ListNumbers {
  /** One line of numbers. */
  private record Line(KeyId key, ListScope scope) {}

  private final Map<Line, BigInteger> reached = new ConcurrentHashMap<>();

  LastNumbers of(KeyId key) {
    return scope -> Optional.ofNullable(reached.get(new Line(key, scope)));
  }

  void signed(KeyId key, ListScope scope, BigInteger number) {
    reached.merge(new Line(key, scope), number, BigInteger::max);
  }
}
