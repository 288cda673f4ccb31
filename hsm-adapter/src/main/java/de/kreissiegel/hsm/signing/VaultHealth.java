package de.kreissiegel.hsm.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the vault is.
 *
 * @param version the software's version
 * @param tokens where keys live
 * @param journal whether entries can be written
 * @param refusals how many requests were refused since the start
 * @param lastRefusal the last of them
 */
public record VaultHealth(
    String version,
    List<TokenState> tokens,
    JournalState journal,
    long refusals,
    Optional<Refusal> lastRefusal) {
  public VaultHealth {
    tokens = List.copyOf(tokens);
  }

  /** Whether everything that is there works. */
  public boolean good() {
    return journal.writable() && tokens.stream().allMatch(TokenState::present);
  }

  /**
   * A token.
   *
   * @param name as configured
   * @param kind {@code software} or {@code pkcs11}
   * @param present whether it answers
   * @param sentence what is the matter, for a person; empty if nothing is
   */
  public record TokenState(String name, String kind, boolean present, String sentence) {}

  /**
   * The journal.
   *
   * @param entries how many
   * @param checkpointed how many of them a signed checkpoint covers
   * @param writable whether more can be written
   * @param sentence what is the matter, for a person; empty if nothing is
   */
  public record JournalState(long entries, long checkpointed, boolean writable, String sentence) {}

  /** Something that was refused: an alarm. */
  public record Refusal(Instant time, KeyId key, String rule) {}
}
