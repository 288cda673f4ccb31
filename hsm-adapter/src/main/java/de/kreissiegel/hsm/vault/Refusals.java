package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Draft;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalStopped;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was refused: an alarm, and an entry in the journal. Whoever floods the vault with bad
 * requests must not fill its disk: in a minute only so many are written, the next entry says how
 * many were left out.
 */
final class Refusals {
  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());
  private static final Duration SPAN = Duration.ofMinutes(1);
  private static final int WRITTEN_IN_A_SPAN = 60;
  private static final int LONGEST_RULE = 256;

  private final Journal journal;
  private final Clock clock;
  private Instant spanBegan = Instant.MIN;
  private int written;
  private long leftOut;
  private long count;
  private Optional<VaultHealth.Refusal> last = Optional.empty();

  Refusals(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Notes one.
   *
   * @param policy SHA-256 of the key's policy; zeros where there is no such key
   */
  void note(
      UUID request,
      KeyId key,
      SignedStructure structure,
      Bytes digest,
      Bytes policy,
      SigningRefused refused) {
    // What the asker chose may stand in it; it must not break out of a line of a log.
    String rule =
        (refused.reason() + " " + refused.getMessage()).replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    Optional<String> toWrite = counted(key, rule);
    if (toWrite.isEmpty()) {
      return;
    }
    LOG.log(System.Logger.Level.WARNING, "Refused for the key {0}: {1}", key, toWrite.get());
    try {
      journal.append(
          new Draft(
              Happening.REFUSED,
              request,
              key,
              structure,
              digest,
              Optional.empty(),
              List.of(),
              policy,
              Optional.empty(),
              Bytes.of(new byte[0]),
              toWrite.get()));
    } catch (JournalStopped stopped) {
      LOG.log(System.Logger.Level.ERROR, "A refusal is not written: {0}", stopped.getMessage());
    }
  }

  private synchronized Optional<String> counted(KeyId key, String rule) {
    Instant now = clock.instant();
    String brief = rule.length() <= LONGEST_RULE ? rule : rule.substring(0, LONGEST_RULE) + "…";
    count++;
    last = Optional.of(new VaultHealth.Refusal(now, key, brief));
    if (spanBegan.isBefore(now.minus(SPAN))) {
      spanBegan = now;
      written = 0;
    }
    if (written >= WRITTEN_IN_A_SPAN) {
      leftOut++;
      return Optional.empty();
    }
    written++;
    String text = leftOut == 0 ? brief : brief + " (" + leftOut + " before it were not written)";
    leftOut = 0;
    return Optional.of(text);
  }

  synchronized long count() {
    return count;
  }

  synchronized Optional<VaultHealth.Refusal> last() {
    return last;
  }
}
