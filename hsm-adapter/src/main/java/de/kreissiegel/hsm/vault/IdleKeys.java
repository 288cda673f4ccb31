package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.ActivityTerms;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.ActivityRules;
import de.kreissiegel.hsm.token.Deactivation;
import de.kreissiegel.hsm.token.Hours;
import de.kreissiegel.hsm.token.Token;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Locks keys that lie idle or whose hours are over, as their policies say, and opens operational
 * ones again when their hours begin. What was locked because it was idle stays locked until
 * somebody activates it, or the signer is started anew.
 */
final class IdleKeys {
  private static final System.Logger LOG = System.getLogger(IdleKeys.class.getName());

  private final KeyCabinet cabinet;
  private final char[] passphrase;
  private final Clock clock;
  private final TokenRack rack;
  private final Set<KeyId> resting = new HashSet<>();

  /**
   * @param passphrase the operational one; it remains the caller's
   */
  IdleKeys(TokenRack rack, KeyCabinet cabinet, char[] passphrase, Clock clock) {
    this.cabinet = cabinet;
    this.passphrase = passphrase;
    this.clock = clock;
    this.rack = rack;
  }

  /** Locks and opens what is due. */
  synchronized void sweep(Instant now) {
    for (Token token : rack.all()) {
      for (Deactivation.Rested rested : new Deactivation(token, this::rulesOf).sweep(now)) {
        LOG.log(
            System.Logger.Level.INFO, "The key {0} is locked: {1}", rested.key(), rested.reason());
        if (!rulesOf(rested.key()).open(now)) {
          resting.add(rested.key());
        }
      }
    }
    resting.removeIf(id -> rulesOf(id).open(now) && wake(id));
  }

  private boolean wake(KeyId id) {
    Optional<GuardedKey> key = cabinet.find(id).filter(found -> !found.key().ownPassphrase());
    if (key.isPresent()) {
      try {
        cabinet.activate(key.get().key(), key.get().token(), passphrase);
      } catch (VaultDamaged | IOException failed) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The key {0} cannot be opened again: {1}",
            id,
            failed.getMessage());
        return false;
      }
    }
    return true;
  }

  private ActivityRules rulesOf(KeyId id) {
    return cabinet
        .find(id)
        .flatMap(key -> key.policy().terms().activity())
        .map(IdleKeys::rules)
        .orElse(ActivityRules.always());
  }

  private static ActivityRules rules(ActivityTerms terms) {
    return new ActivityRules(
        terms.idle(),
        terms.hours().map(hours -> new Hours(hours.from(), hours.to(), hours.zone())));
  }
}
