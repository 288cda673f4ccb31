package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody stands in for a tenant's registration officers, or reads its affairs as a revisor:
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

  /** What a grant gives. */
  enum Right {
    /** The office of the tenant's registration officers. */
    STAND_IN,
    /** To read the tenant's affairs, as its revisors do, and nothing else. */
    READ
  }

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
   * @param right what is given
   * @param person who stands in, or reads
   * @param personName for display, as it was then
   * @param tenant for whose officers, or whose affairs
   * @param across whether a second one consents: where the person doesn't work for that tenant, and
   *     always where they read
   * @param reason in words
   * @param begins from when
   * @param ends until when, not later than a year after it begins
   * @param proposed who wanted it
   */
  record Terms(
      GrantId id,
      Right right,
      SubjectId person,
      String personName,
      TenantId tenant,
      boolean across,
      String reason,
      Instant begins,
      Instant ends,
      Said proposed) {
    public Terms {
      if (right == Right.READ && !across) {
        throw new IllegalArgumentException("who reads elsewhere takes a second person's consent");
      }
    }
  }

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
