package de.kreissiegel.ra.setup;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is shown where something went wrong: no cause from inside. */
@Controller
class SetupErrors implements ErrorController {
  @RequestMapping("/error")
  String tell(HttpServletRequest request, Model model) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known
            ? known
            : 404;
    model.addAttribute("status", status);
    model.addAttribute("kind", status == 403 ? "forbidden" : status < 500 ? "not-found" : "broken");
    return "setup-error";
  }
}
