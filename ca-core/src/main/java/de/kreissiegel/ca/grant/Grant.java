package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody stands in for a tenant's registration officers:
 *
 * <pre>
 * Proposed → InForce → Ended
 *     └────────────────↗
 * </pre>
 *
 * <p>A grant in force begins and ends by its own dates; nothing has to happen for that.
 */
public sealed interface Grant {
  Terms terms();

  default GrantId id() {
    return terms().id();
  }

  /** Whether it gives anything at that time. */
  default boolean holds(Instant now) {
    return this instanceof InForce && !terms().begins().isAfter(now) && terms().ends().isAfter(now);
  }

  /**
   * What was proposed. Nothing of it ever changes.
   *
   * @param id the grant's name
   * @param person who stands in
   * @param personName for display, as it was then
   * @param tenant for whose officers
   * @param across whether the person doesn't work for that tenant: then a second one consents
   * @param reason in words
   * @param begins from when
   * @param ends until when, not later than a year after it begins
   * @param proposed who wanted it
   */
  record Terms(
      GrantId id,
      SubjectId person,
      String personName,
      TenantId tenant,
      boolean across,
      String reason,
      Instant begins,
      Instant ends,
      Said proposed) {}

  /**
   * Who said something, and when.
   *
   * @param name for display, as it was then
   */
  record Said(SubjectId by, String name, Instant at) {}

  /** It waits for a second person's consent, and gives nothing. */
  record Proposed(Terms terms) implements Grant {
    InForce consented(Said consent) {
      return new InForce(terms, Optional.of(consent));
    }
  }

  /**
   * It gives the office between its dates.
   *
   * @param consent the second person's; a deputy in one's own house needs none
   */
  record InForce(Terms terms, Optional<Said> consent) implements Grant {}

  /** Somebody ended it before its time, or turned the proposal down. */
  record Ended(Terms terms, Optional<Said> consent, Said end, String reason) implements Grant {}

  /** The same, ended. */
  default Ended ended(Said end, String reason) {
    return switch (this) {
      case Proposed _ -> new Ended(terms(), Optional.empty(), end, reason);
      case InForce(var terms, var consent) -> new Ended(terms, consent, end, reason);
      case Ended already -> already;
    };
  }
}
