package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * The head of an answer as it goes over the wire (RFC 9112 §4, §5). Head and body of an answer lie
 * in one buffer and go out by one write; Netty's own objects for a response would make two of them.
 */
final class ReplyHead {
  /** More than any head of ours has. */
  static final int OCTETS = 512;

  /** {@code 100 Continue}, whole. */
  static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private ReplyHead() {}

  /**
   * Writes status line and header fields. Names and values are our own, so none of them can end a
   * line.
   *
   * @param date the value of {@code Date}
   * @param keepAlive whether the connection stays open behind the answer
   */
  static void write(ByteBuf out, Reply reply, CharSequence date, boolean keepAlive) {
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
