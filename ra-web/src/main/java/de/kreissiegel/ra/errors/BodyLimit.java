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
 * it; an officer's signatures over the keys of a recovery have at most 384 KiB. Forms and files
 * have limits of their own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
  static final int MOST_OCTETS = 64 * 1024;

  /** 60 CMS messages with a certificate each, in base64. */
  static final int MOST_OF_SIGNATURES = 384 * 1024;

  private static final PathPattern SIGNATURES =
      PathPatternParser.defaultInstance.parse("/api/v1/recoveries/{recovery}/approve");
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
    int most = most(request);
    if (request.getContentLengthLong() > most) {
      door.write(
          request,
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          "the body has more than " + most / 1024 + " KiB");
      return;
    }
    chain.doFilter(new Limited(request, most), response);
  }

  private static int most(HttpServletRequest request) {
    try {
      return SIGNATURES.matches(PathContainer.parsePath(request.getRequestURI()))
          ? MOST_OF_SIGNATURES
          : MOST_OCTETS;
    } catch (IllegalArgumentException unreadable) {
      return MOST_OCTETS;
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final int most;

    Limited(HttpServletRequest request, int most) {
      super(request);
      this.most = most;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counting(super.getInputStream(), most);
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream source;
    private final int most;
    private long read;

    Counting(ServletInputStream source, int most) {
      this.source = source;
      this.most = most;
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
      if (read > most) {
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
