package de.kreissiegel.ra.errors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What was refused or went wrong, a line each; it begins with the request's {@link Correlation
 * number}, which the person who asked has seen.
 */
@Component
class RefusalLog {
  private static final System.Logger LOG = System.getLogger(RefusalLog.class.getName());

  /** Our own fault: logged with its cause. */
  void fault(String where, @Nullable Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "Failed: " + printable(where), cause);
  }

  /** Something that the other side caused, or a component that is away. */
  void refused(String where, String what) {
    LOG.log(System.Logger.Level.INFO, "Refused: " + printable(where) + ": " + printable(what));
  }

  /** The same, of the request that is being answered. */
  void refused(String what) {
    refused(
        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
            ? attributes.getRequest().getMethod() + " " + attributes.getRequest().getRequestURI()
            : "no request",
        what);
  }

  /** No line break of a client's gets into the log. */
  private static String printable(String text) {
    var line = text.replaceAll("\\p{Cc}", "?");
    return line.length() > 500 ? line.substring(0, 500) + "…" : line;
  }
}
