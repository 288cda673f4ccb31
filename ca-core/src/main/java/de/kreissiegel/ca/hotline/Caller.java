package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;

/**
 * The proof that somebody on the phone knew their code. Only {@link Hotline} makes one; it is good
 * for who answered that call, for a quarter of an hour.
 */
public final class Caller {
  private final SubjectId answeredBy;
  private final SubjectId person;
  private final String name;
  private final Instant until;

  Caller(SubjectId answeredBy, SubjectId person, String name, Instant until) {
    this.answeredBy = answeredBy;
    this.person = person;
    this.name = name;
    this.until = until;
  }

  /** What the directory calls the caller. */
  public String name() {
    return name;
  }

  SubjectId answeredBy() {
    return answeredBy;
  }

  SubjectId person() {
    return person;
  }

  Instant until() {
    return until;
  }
}
