package de.kreissiegel.ra.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A body to the API, or of a passkey, has at most 64 KiB, declared or not, before anything reads
 * it. Forms and files have limits of their own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
  static final int MOST_OCTETS = 64 * 1024;
  private static final List<PathPattern> LIMITED =
      Stream.of("/api/**", "/login/webauthn/**", "/webauthn/**")
          .map(PathPatternParser.defaultInstance::parse)
          .toList();

  private final ProblemDoor door;

  BodyLimit(ProblemDoor door) {
    this.door = door;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    try {
      // As whoever maps it reads it: %77 is a w.
      var path = PathContainer.parsePath(request.getRequestURI());
      return LIMITED.stream().noneMatch(one -> one.matches(path));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MOST_OCTETS) {
      door.write(request, response, HttpStatus.CONTENT_TOO_LARGE, "the body has more than 64 KiB");
      return;
    }
    chain.doFilter(new Limited(request), response);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counting(super.getInputStream());
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream source;
    private long read;

    Counting(ServletInputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      var octet = source.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var octets = source.read(into, offset, length);
      count(octets);
      return octets;
    }

    private void count(int octets) throws IOException {
      read += Math.max(octets, 0);
      if (read > MOST_OCTETS) {
        throw new BodyTooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return source.isFinished();
    }

    @Override
    public boolean isReady() {
      return source.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      source.setReadListener(listener);
    }
  }
}
