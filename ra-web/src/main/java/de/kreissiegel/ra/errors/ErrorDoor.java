package de.kreissiegel.ra.errors;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container sends what went wrong outside of controllers. */
@Hidden
@Controller
class ErrorDoor implements ErrorController {
  private final Problems problems;
  private final Rendering rendering;

  ErrorDoor(Problems problems, Rendering rendering) {
    this.problems = problems;
    this.rendering = rendering;
  }

  @RequestMapping("/error")
  Object error(HttpServletRequest request) {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Without a code somebody typed this address.
    var known = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    var status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    var cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    var problem =
        status.is5xxServerError()
            ? problems.fault(request, status, cause instanceof Throwable thrown ? thrown : null)
            : problems.of(request, status, "not possible here");
    return rendering.answer(request, problem, new HttpHeaders());
  }
}
