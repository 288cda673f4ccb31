package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Locks keys that lie idle or whose hours are over (BSI TR-03145-1 PRC.Req.8). Somebody calls
 * {@link #sweep} every now and then: a key stays at most that much longer.
 */
public final class Deactivation {
  private final Token token;
  private final Function<KeyId, ActivityRules> rules;

  /**
   * @param rules of a key, by its name; asked at each sweep
   */
  public Deactivation(Token token, Function<KeyId, ActivityRules> rules) {
    this.token = token;
    this.rules = rules;
  }

  /**
   * Locks what is due.
   *
   * @return what was locked, with the reason
   */
  public List<Rested> sweep(Instant now) {
    List<Rested> due = due(now);
    due.forEach(rested -> token.lock(rested.key()));
    return due;
  }

  /** What {@link #sweep} would lock. */
  public List<Rested> due(Instant now) {
    List<Rested> due = new ArrayList<>();
    for (TokenKey key : token.keys()) {
      Optional<Instant> lastUsed = token.lastUsed(key.id());
      lastUsed
          .flatMap(since -> rules.apply(key.id()).complaint(since, now))
          .ifPresent(reason -> due.add(new Rested(key.id(), reason)));
    }
    return due;
  }

  /**
   * A key that was locked.
   *
   * @param reason a sentence for a person
   */
  public record Rested(KeyId key, String reason) {}
}
