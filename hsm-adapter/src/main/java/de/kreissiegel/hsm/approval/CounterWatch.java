package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Finds copies of a security key: two statements that were signed under the same signature counter
 * (WebAuthn Level 2 §6.1.1). That the counter only grows can't be asked for, since approvals come
 * here in another order than they were given.
 */
final class CounterWatch {
  private static final int MOST = 10_000;

  private record Use(Bytes credential, long counter) {}

  private final LinkedHashMap<Use, Bytes> statements = new LinkedHashMap<>();

  /**
   * Whether no other statement was signed under that counter.
   *
   * @param counter 0 from keys that don't count
   */
  synchronized boolean isFirst(Bytes credential, long counter, Bytes statement) {
    if (counter == 0) {
      return true;
    }
    Bytes digest = Digests.sha256(statement.toArray());
    Optional<Bytes> before =
        Optional.ofNullable(statements.putIfAbsent(new Use(credential, counter), digest));
    if (statements.size() > MOST) {
      statements.pollFirstEntry();
    }
    return before.isEmpty() || before.get().equals(digest);
  }
}
