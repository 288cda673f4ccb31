package de.kreissiegel.ra.validation;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status as 200
 * @param headers all but Content-Length, Date and Connection
 */
record Reply(int status, Map<String, String> headers, Body body) {
  /** IMF-fixdate (RFC 9110 §5.6.7); the JDK's own RFC_1123_DATE_TIME writes days with one digit. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static Reply of(int status, String contentType, byte[] body) {
    return of(status, contentType, new Body.Octets(body));
  }

  static Reply of(int status, String contentType, Body body) {
    return new Reply(status, Map.of("Content-Type", contentType), body);
  }

  static Reply text(int status, String sentence) {
    return of(
        status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Reply notFound() {
    return text(404, "There is nothing here.");
  }

  static Reply notNow() {
    return text(503, "Not now.").with("Retry-After", "10");
  }

  static Reply wrongMethod(String allowed) {
    return text(405, "Allowed here: " + allowed + ".").with("Allow", allowed);
  }

  Reply with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  /** Lets caches keep it until a time, and lets clients ask whether it has changed. */
  Reply cacheable(Instant now, Instant lastModified, Instant until) {
    return body instanceof Body.Octets octets
        ? cacheable(tag(octets.octets()), now, lastModified, until)
        : this;
  }

  /** The same, where it is known what tells it from others. */
  Reply cacheable(String tag, Instant now, Instant lastModified, Instant until) {
    long seconds = Math.max(0, Duration.between(now, until).toSeconds());
    return with("ETag", "\"" + tag + "\"")
        .with("Last-Modified", date(lastModified))
        .with("Expires", date(until))
        .with("Cache-Control", "max-age=" + seconds + ", public, no-transform, must-revalidate");
  }

  /** This, or 304 without a body if the client has it already (RFC 9110 §13.1.2). */
  Reply unlessKnown(Call call) {
    String own = headers.getOrDefault("ETag", "");
    boolean known =
        !own.isEmpty()
            && call.ifNoneMatch()
                .map(
                    tags ->
                        Arrays.stream(tags.split(","))
                            .map(tag -> tag.strip().replaceFirst("^W/", ""))
                            .anyMatch(tag -> tag.equals("*") || tag.equals(own)))
                .orElse(false);
    if (!known) {
      return this;
    }
    var kept = new LinkedHashMap<>(headers);
    kept.remove("Content-Type");
    body.close();
    return new Reply(304, kept, new Body.Octets(new byte[0]));
  }

  static String date(Instant instant) {
    return HTTP_DATE.format(instant);
  }

  private static String tag(byte[] body) {
    return Bytes.of(body).sha256().toHex().substring(0, 32);
  }
}
