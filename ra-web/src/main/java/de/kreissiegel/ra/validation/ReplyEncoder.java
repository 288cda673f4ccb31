package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * Lets through what {@link #head} has written and the files behind it, and encodes what Netty
 * answers by itself (a body that is too long, {@code Expect: 100-continue}). Head and body of an
 * answer lie in one buffer and go out by one write; Netty's own objects for a response, its headers
 * and their encoding take more than all that an OCSP answer takes.
 */
final class ReplyEncoder extends HttpResponseEncoder {
  /** More than any head of ours has. */
  static final int HEAD_OCTETS = 512;

  @Override
  public boolean acceptOutboundMessage(Object message) throws Exception {
    return message instanceof HttpResponse && super.acceptOutboundMessage(message);
  }

  /**
   * Writes status line and header fields (RFC 9112 §4, §5). Names and values are our own, so none
   * of them can end a line.
   *
   * @param date the value of {@code Date}
   * @param keepAlive whether the connection stays open behind the answer
   */
  static void head(ByteBuf out, Reply reply, CharSequence date, boolean keepAlive) {
    var status = HttpResponseStatus.valueOf(reply.status());
    ascii(out, "HTTP/1.1 ");
    ascii(out, status.codeAsText());
    out.writeByte(' ');
    ascii(out, status.reasonPhrase());
    end(out);
    reply.headers().forEach((name, value) -> field(out, name, value));
    field(out, "Date", date);
    if (reply.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
      field(out, "Content-Length", Long.toString(reply.body().length()));
    }
    if (!keepAlive) {
      field(out, "Connection", "close");
    }
    end(out);
  }

  private static void field(ByteBuf out, CharSequence name, CharSequence value) {
    ascii(out, name);
    out.writeByte(':').writeByte(' ');
    ascii(out, value);
    end(out);
  }

  private static void ascii(ByteBuf out, CharSequence text) {
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
  }

  private static void end(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
  }
}
