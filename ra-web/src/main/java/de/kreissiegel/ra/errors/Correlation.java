package de.kreissiegel.ra.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Numbers each request, as {@code 4f2a-91c0-77de}: short enough to be read out on the telephone.
 * The answer carries the number in {@code X-Correlation-Id}, pages and problems show it where
 * something was refused, and each line of the log that the request causes begins with it. What a
 * client sends under that name is not taken: the log is ours.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Correlation extends OncePerRequestFilter {
  /** The header that tells it. */
  public static final String HEADER = "X-Correlation-Id";

  /** Its name in the log's context; {@code logging.pattern.correlation} writes it. */
  static final String KEY = "correlation";

  private final SecureRandom random;

  Correlation(SecureRandom random) {
    this.random = random;
  }

  /** The number of the request that this thread works on; empty outside of one. */
  public static String current() {
    var number = MDC.get(KEY);
    return number == null ? "" : number;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var number = request.getAttribute(KEY) instanceof String known ? known : next();
    request.setAttribute(KEY, number);
    response.setHeader(HEADER, number);
    try (var _ = MDC.putCloseable(KEY, number)) {
      chain.doFilter(request, response);
    }
  }

  /** The container shows its error under the number of the request that failed. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  private String next() {
    var octets = new byte[6];
    random.nextBytes(octets);
    var digits = HexFormat.of().formatHex(octets);
    return String.join("-", digits.substring(0, 4), digits.substring(4, 8), digits.substring(8));
  }
}
