package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * What an officer asked the applicant before deciding.
 *
 * @param number the first of a request is 1
 * @param officer who asks
 * @param officerName for display, as it was then
 * @param text 1 to 500 characters
 * @param answer what the applicant says; empty as long as they haven't
 */
public record Question(
    int number,
    SubjectId officer,
    String officerName,
    String text,
    Instant askedAt,
    Optional<Answer> answer) {
  /** 1 to 500 characters. */
  public record Answer(String text, Instant at) {}
}
