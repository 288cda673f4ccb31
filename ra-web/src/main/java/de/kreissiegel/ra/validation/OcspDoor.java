package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.status.OcspResponder;
import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.status.OcspResponder.Freshness;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OCSP over HTTP: POST, and GET with the request in the address (RFC 6960 appendix A.1). */
final class OcspDoor {
  static final String PATH = "/ocsp";

  private static final String REQUEST = "application/ocsp-request";
  private static final Map<String, String> CONTENT_TYPE =
      Map.of("Content-Type", "application/ocsp-response");
  private static final byte[] NOTHING = {};

  /** When this node last heard of all changes of status; sent only when that is not just now. */
  static final String AS_OF = "Kreissiegel-As-Of";

  private final OcspResponder responder;

  OcspDoor(OcspResponder responder) {
    this.responder = responder;
  }

  static boolean isFor(String path) {
    return path.startsWith(PATH)
        && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
  }

  /** The answer, if it was signed ahead; else null. Never blocks. */
  @Nullable Reply atOnce(Call call) {
    boolean inAddress = call.path().length() > PATH.length() + 1;
    if (inAddress ? !call.isRead() : !isPost(call)) {
      return null;
    }
    Optional<byte[]> request = request(call);
    Answer answer = request.isPresent() ? responder.ready(request.get(), call.at()) : null;
    return answer == null ? null : reply(call, 200, answer);
  }

  /** The answer, whatever it takes. */
  Reply open(Call call) {
    boolean inAddress = call.path().length() > PATH.length() + 1;
    if (inAddress ? !call.isRead() : !call.method().equals("POST")) {
      return Reply.wrongMethod(inAddress ? "GET, HEAD" : "POST");
    }
    if (!inAddress && !isPost(call)) {
      return Reply.text(415, "An OCSP request is " + REQUEST + ".");
    }
    Optional<byte[]> request = request(call);
    // Whatever stands there: the responder has the word for it.
    Answer answer = responder.respond(request.orElse(NOTHING));
    return reply(call, request.isPresent() ? 200 : 400, answer);
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST")
        && call.contentType().filter(type -> !type.equals(REQUEST)).isEmpty();
  }

  private static Optional<byte[]> request(Call call) {
    return call.isRead() ? decode(call.path().substring(PATH.length())) : Optional.of(call.body());
  }

  private Reply reply(Call call, int status, Answer answer) {
    Reply reply =
        aged(new Reply(status, CONTENT_TYPE, new Body.Octets(answer.encoded().toArray())));
    if (!call.isRead()) {
      return reply;
    }
    Instant now = call.at();
    Optional<Freshness> fresh =
        answer.freshness().filter(times -> times.cacheableUntil().isAfter(now));
    return fresh
        .map(times -> reply.cacheable(now, times.thisUpdate(), times.cacheableUntil()))
        .map(cacheable -> cacheable.unlessKnown(call))
        .orElseGet(() -> reply.with("Cache-Control", "no-store"));
  }

  /** Who is cut off from the others says since when. */
  private Reply aged(Reply reply) {
    return responder.inStep() ? reply : reply.with(AS_OF, Reply.date(responder.asOf()));
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
