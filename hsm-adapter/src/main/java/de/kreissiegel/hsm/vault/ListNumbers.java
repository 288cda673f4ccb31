package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.LastNumbers;
import de.kreissiegel.hsm.policy.ListScope;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What crlNumbers each key has reached, as the journal says; for each scope of its own. */
final class ListNumbers {
  /** One line of numbers. */
  private record Line(KeyId key, ListScope scope) {}

  /** More full lists than hold at one time: an older one is no base of a delta. */
  private static final int REMEMBERED = 256;

  private final Map<Line, BigInteger> reached = new ConcurrentHashMap<>();
  private final Map<Line, NavigableSet<BigInteger>> complete = new ConcurrentHashMap<>();

  /** The key that bears a name now. */
  private final Map<KeyId, String> bearers = new ConcurrentHashMap<>();

  /**
   * A key has a name. Its numbers are its own (RFC 5280 §5.2.3): after another one of that name,
   * which was destroyed, they begin anew.
   *
   * @param publicKey which key it is, in any words that tell it from others
   */
  void begin(KeyId name, String publicKey) {
    String before = bearers.put(name, publicKey);
    if (before != null && !before.equals(publicKey)) {
      reached.keySet().removeIf(line -> line.key().equals(name));
      complete.keySet().removeIf(line -> line.key().equals(name));
    }
  }

  LastNumbers of(KeyId key) {
    return new LastNumbers() {
      @Override
      public Optional<BigInteger> of(ListScope scope) {
        return Optional.ofNullable(reached.get(new Line(key, scope)));
      }

      @Override
      public boolean isComplete(ListScope scope, BigInteger number) {
        Set<BigInteger> known = complete.get(new Line(key, scope));
        return known != null && known.contains(number);
      }
    };
  }

  void signed(KeyId key, ListScope scope, BigInteger number) {
    Line line = new Line(key, scope);
    reached.merge(line, number, BigInteger::max);
    if (!scope.delta()) {
      NavigableSet<BigInteger> known =
          complete.computeIfAbsent(line, _ -> new ConcurrentSkipListSet<>());
      known.add(number);
      if (known.size() > REMEMBERED) {
        known.pollFirst();
      }
    }
  }
}
