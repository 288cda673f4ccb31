package de.kreissiegel.ra.errors;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container sends what went wrong outside of controllers. */
@Hidden
@Controller
class ContainerErrors implements ErrorController {
  private final Problems problems;
  private final Rendering rendering;

  ContainerErrors(Problems problems, Rendering rendering) {
    this.problems = problems;
    this.rendering = rendering;
  }

  @RequestMapping("/error")
  Object error(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404; // somebody typed this address
    var cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    var problem =
        status >= 500
            ? problems.fault(request, status, cause instanceof Throwable thrown ? thrown : null)
            : problems.of(request, HttpStatusCode.valueOf(status), "not possible here");
    return rendering.answer(request, problem, new HttpHeaders());
  }
}
