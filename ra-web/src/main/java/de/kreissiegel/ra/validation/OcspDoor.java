package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.status.OcspResponder;
import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.status.OcspResponder.Freshness;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** OCSP over HTTP: POST, and GET with the request in the address (RFC 6960 appendix A.1). */
final class OcspDoor {
  static final String PATH = "/ocsp";

  private static final String REQUEST = "application/ocsp-request";
  private static final String RESPONSE = "application/ocsp-response";

  private final OcspResponder responder;
  private final Clock clock;

  OcspDoor(OcspResponder responder, Clock clock) {
    this.responder = responder;
    this.clock = clock;
  }

  Reply open(Call call) {
    boolean inAddress = call.path().length() > PATH.length() + 1;
    return switch (call.method()) {
      case "POST" -> inAddress ? Reply.wrongMethod("GET, HEAD") : post(call);
      case "GET", "HEAD" -> inAddress ? get(call) : Reply.wrongMethod("POST");
      default -> Reply.wrongMethod(inAddress ? "GET, HEAD" : "POST");
    };
  }

  private Reply post(Call call) {
    if (call.contentType().filter(type -> !type.equals(REQUEST)).isPresent()) {
      return Reply.text(415, "An OCSP request is " + REQUEST + ".");
    }
    return Reply.of(200, RESPONSE, responder.respond(call.body()).encoded().toArray());
  }

  private Reply get(Call call) {
    Optional<byte[]> request = decode(call.path().substring(PATH.length()));
    // Whatever stands there: the responder has the word for it.
    Answer answer = responder.respond(request.orElse(new byte[0]));
    Reply reply = Reply.of(request.isPresent() ? 200 : 400, RESPONSE, answer.encoded().toArray());
    Instant now = clock.instant();
    Optional<Freshness> fresh =
        answer.freshness().filter(times -> times.cacheableUntil().isAfter(now));
    return fresh
        .map(times -> reply.cacheable(now, times.thisUpdate(), times.cacheableUntil()))
        .map(cacheable -> cacheable.unlessKnown(call))
        .orElseGet(() -> reply.with("Cache-Control", "no-store"));
  }

  /**
   * The octets behind the address. Some clients escape everything, some nothing, some leave the
   * padding out; some join two slashes. A plus sign is a plus sign.
   */
  private static Optional<byte[]> decode(String escaped) {
    var base64 = new ByteArrayOutputStream(escaped.length());
    try {
      for (int i = 0; i < escaped.length(); i++) {
        char c = escaped.charAt(i);
        if (c == '%') {
          base64.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
          i += 2;
        } else {
          base64.write(c);
        }
      }
      String text = base64.toString(StandardCharsets.ISO_8859_1).replaceFirst("^/+", "");
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }
}
