package de.kreissiegel.ra.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import de.kreissiegel.ca.refusal.RefusalReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error (RFC 9457 §3).
 *
 * @param type {@code urn:kreissiegel:refusal:…} for a refusal, else {@code
 *     urn:kreissiegel:problem:…}
 * @param title what happened, in the language asked for
 * @param status the HTTP status
 * @param detail what exactly, in English
 * @param code which refusal, the same in every language and release, as {@code bad-pop} or {@code
 *     http-404}
 * @param cause why, in the language asked for
 * @param nextStep what to do about it, in the language asked for
 * @param reason our word for it, if it is a refusal
 * @param correlationId the number to give to the help desk; the log's lines begin with it
 * @param violations what is wrong with which member of the body
 */
@JsonInclude(Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String cause,
    String nextStep,
    @Nullable RefusalReason reason,
    String correlationId,
    List<Violation> violations) {
  /** The media type of a problem, {@code application/problem+json}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    violations = List.copyOf(violations);
  }

  /**
   * A fault of one member.
   *
   * @param field which
   * @param message what is wrong with it, in English
   */
  public record Violation(String field, String message) {}
}
