package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * Somebody accepted terms in one version.
 *
 * @param person who
 * @param name which terms
 * @param version in which version
 * @param digest {@link Terms#digest} of what they accepted
 * @param at when
 */
public record Acceptance(SubjectId person, TermsName name, int version, Bytes digest, Instant at) {
  /** Whether it is these terms that were accepted, word for word. */
  public boolean isOf(Terms terms) {
    return name.equals(terms.name()) && version == terms.version() && digest.equals(terms.digest());
  }
}
