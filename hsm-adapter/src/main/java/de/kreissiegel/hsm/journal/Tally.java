package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.Comparator;

/**
 * What a journal's entries tell of, counted by.
 *
 * @param rule of signatures the policy's kind, of refusals the broken rule
 */
public record Tally(KeyId key, Happening happening, SignedStructure structure, String rule) {
  /** By key, then by what happened. */
  public static final Comparator<Tally> ORDER =
      Comparator.comparing((Tally one) -> one.key().value())
          .thenComparing(Tally::happening)
          .thenComparing(Tally::structure)
          .thenComparing(Tally::rule);
}
