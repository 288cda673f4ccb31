package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something happened of which somebody has to hear; to whom it goes isn't known yet.
 *
 * @param key names what happened, once and for all, as {@code reminder/people/0a1b/14}: no two
 *     letters to the same person have the same
 * @param kind what there is to tell
 * @param about of what, as the audit trail names it: {@code request:…}, {@code certificate:…}
 * @param tenant whose affair it is; empty for the house's own
 * @param at when it happened
 * @param said what else the letter needs, by name: {@code actor}, {@code days}; no secret
 */
public record Cue(
    String key,
    LetterKind kind,
    String about,
    Optional<TenantId> tenant,
    Instant at,
    Map<String, String> said) {
  public Cue {
    said = Map.copyOf(said);
  }
}
