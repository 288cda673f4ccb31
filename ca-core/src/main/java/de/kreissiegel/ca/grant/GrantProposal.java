package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;

/**
 * What somebody wants.
 *
 * @param right what is to be given
 * @param person who shall stand in, or read
 * @param tenant for whose officers, or whose affairs
 * @param reason in words, 1 to 500 characters
 * @param begins from when, at most a day ago and a year ahead
 * @param ends until when; after it begins, and at most a year after that
 */
public record GrantProposal(
    Grant.Right right,
    SubjectId person,
    TenantId tenant,
    String reason,
    Instant begins,
    Instant ends) {
  /** That somebody stands in. */
  public GrantProposal(
      SubjectId person, TenantId tenant, String reason, Instant begins, Instant ends) {
    this(Grant.Right.STAND_IN, person, tenant, reason, begins, ends);
  }
}
