package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requests of one connection together from what Netty's decoder reads. Nearly all come in
 * one piece, whose octets are copied once; Netty's own aggregator makes a composite of each.
 */
final class Intake {
  /** No body is longer. */
  private static final int BODY_OCTETS = 64 * 1024;

  private @Nullable HttpRequest head;
  private @Nullable ByteArrayOutputStream body;

  /** What came. */
  sealed interface Came {
    /** A request that is whole. */
    record Whole(HttpRequest head, byte[] body) implements Came {}

    /** A head whose sender waits to be told that the body is welcome (RFC 9110 §10.1.1). */
    record Expecting() implements Came {}

    /** What isn't taken. Nobody knows where the next request starts. */
    record Refused(Reply reply) implements Came {}
  }

  /**
   * Takes the next piece.
   *
   * @return null while more is to come
   */
  @Nullable Came take(HttpObject piece) {
    if (piece.decoderResult().isFailure()) {
      return new Came.Refused(unread(piece.decoderResult().cause()));
    }
    if (piece instanceof HttpRequest request) {
      return begin(request);
    }
    HttpRequest begun = head;
    if (begun == null || !(piece instanceof HttpContent content)) {
      return null;
    }
    byte[] octets = ByteBufUtil.getBytes(content.content());
    boolean last = piece instanceof LastHttpContent;
    ByteArrayOutputStream before = body;
    if (before == null && last) {
      head = null;
      return octets.length > BODY_OCTETS ? tooLarge() : new Came.Whole(begun, octets);
    }
    if (before == null) {
      before = new ByteArrayOutputStream();
      body = before;
    }
    before.writeBytes(octets);
    if (before.size() > BODY_OCTETS) {
      return tooLarge();
    }
    if (!last) {
      return null;
    }
    head = null;
    body = null;
    return new Came.Whole(begun, before.toByteArray());
  }

  private @Nullable Came begin(HttpRequest request) {
    if (HttpUtil.getContentLength(request, 0L) > BODY_OCTETS) {
      return tooLarge();
    }
    head = request;
    return HttpUtil.is100ContinueExpected(request) ? new Came.Expecting() : null;
  }

  private Came tooLarge() {
    head = null;
    body = null;
    return new Came.Refused(Reply.text(413, "No request has more than 64 KiB."));
  }

  private static Reply unread(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> Reply.text(414, "That address is too long.");
      case TooLongHttpHeaderException _ -> Reply.text(431, "Those headers are too long.");
      default -> Reply.text(400, "That is not a request we can read.");
    };
  }
}
