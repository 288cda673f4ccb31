package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;

/**
 * The proof that somebody on the phone knew their code. Only {@link Hotline} makes one, and the
 * door that keeps it in a session; it is good for who answered that call, for a quarter of an hour.
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

  /**
   * What a door keeps of a call in the session of who answers it.
   *
   * @param name what the directory calls the caller
   * @param until when it ends
   */
  public record Kept(SubjectId answeredBy, SubjectId person, String name, Instant until) {}

  /** To be kept where nobody else can write. */
  public Kept kept() {
    return new Kept(answeredBy, person, name, until);
  }

  /** The same call again; whether it is still good is asked with each use. */
  public static Caller of(Kept kept) {
    return new Caller(kept.answeredBy(), kept.person(), kept.name(), kept.until());
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
