package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Instant;
import java.util.Optional;

/**
 * Whom a request waits for.
 *
 * @param question what the applicant was asked and hasn't answered: it waits for them
 * @param answered when they last answered
 * @param passedOn since when those who appoint officers look at it, because no officer decided
 */
public record Waiting(
    Optional<Question> question, Optional<Instant> answered, Optional<Instant> passedOn) {
  /** From the beginning: for officers. */
  public static final Waiting FOR_OFFICERS =
      new Waiting(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws Refused WRONG_STATE
   */
  void requireAnswered() throws Refused {
    if (question.isPresent()) {
      throw new Refused(
          RefusalReason.WRONG_STATE, "the applicant was asked and hasn't answered yet");
    }
  }

  Waiting asked(Question next) {
    return new Waiting(Optional.of(next), answered, passedOn);
  }

  Waiting answered(Instant at) {
    return new Waiting(Optional.empty(), Optional.of(at), passedOn);
  }

  Waiting passedOn(Instant at) {
    return new Waiting(question, answered, Optional.of(at));
  }
}
