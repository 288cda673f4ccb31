package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.ra.errors.Problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what comes out of controllers, and what doesn't find one, into answers. */
@ControllerAdvice
class ErrorAdvice {
  private final Problems problems;
  private final Rendering rendering;

  ErrorAdvice(Problems problems, Rendering rendering) {
    this.problems = problems;
    this.rendering = rendering;
  }

  @ExceptionHandler
  Object refused(Refused refused, HttpServletRequest request) {
    return answer(request, refused.refusal());
  }

  @ExceptionHandler
  Object directoryAway(DirectoryUnavailable hindrance, HttpServletRequest request) {
    return answer(
        request,
        new Refusal(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked now"));
  }

  @ExceptionHandler
  Object signerAway(SigningUnavailable hindrance, HttpServletRequest request) {
    return answer(
        request, new Refusal(RefusalReason.SIGNER_UNAVAILABLE, "the vault can't be asked now"));
  }

  /** Spring Security's own filter turns these into a log-in page, a 401 or a 403. */
  @ExceptionHandler({AuthenticationException.class, AccessDeniedException.class})
  void leaveToSecurity(RuntimeException denied) {
    throw denied;
  }

  @ExceptionHandler
  void clientIsGone(AsyncRequestNotUsableException gone) {
    // Nobody is left to answer.
  }

  @ExceptionHandler
  Object notValid(MethodArgumentNotValidException invalid, HttpServletRequest request) {
    var violations =
        invalid.getFieldErrors().stream()
            .map(field -> new Violation(field.getField(), message(field.getDefaultMessage())))
            .toList();
    return answer(request, HttpStatus.BAD_REQUEST, "the body is not as it should be", violations);
  }

  @ExceptionHandler
  Object notReadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    for (@Nullable Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLarge) {
        return answer(
            request, HttpStatus.CONTENT_TOO_LARGE, "the body has more than 64 KiB", List.of());
      }
    }
    return answer(
        request, HttpStatus.BAD_REQUEST, "the body is not the JSON that is expected", List.of());
  }

  /** An id in an address that can't be one leads nowhere; a parameter like that is bad input. */
  @ExceptionHandler
  Object wrongType(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
    if (wrong.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return answer(request, HttpStatus.NOT_FOUND, "no such address", List.of());
    }
    var violations = List.of(new Violation(wrong.getName(), "has not the expected form"));
    return answer(request, HttpStatus.BAD_REQUEST, "a parameter is not readable", violations);
  }

  /** What Spring itself refuses tells its status; all else is a bug of ours. */
  @ExceptionHandler
  Object anythingElse(Exception exception, HttpServletRequest request) {
    if (exception instanceof ErrorResponse response
        && response.getStatusCode().is4xxClientError()) {
      var detail = message(response.getBody().getDetail());
      return rendering.answer(
          request,
          problems.of(request, response.getStatusCode(), detail),
          HttpHeaders.copyOf(response.getHeaders()));
    }
    return rendering.answer(
        request,
        problems.fault(request, HttpStatus.INTERNAL_SERVER_ERROR, exception),
        new HttpHeaders());
  }

  private Object answer(HttpServletRequest request, Refusal refusal) {
    return rendering.answer(request, problems.of(request, refusal), new HttpHeaders());
  }

  private Object answer(
      HttpServletRequest request, HttpStatus status, String detail, List<Violation> violations) {
    return rendering.answer(
        request, problems.of(request, status, detail, violations), new HttpHeaders());
  }

  private static String message(@Nullable String text) {
    return text == null ? "not as it should be" : text;
  }
}
