package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One connection: takes one request after the other, answers each before it reads the next. */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private final Doors doors;
  private final Executor workers;
  private final Clock clock;
  private boolean answering;

  Conversation(Doors doors, Executor workers, Clock clock) {
    this.doors = doors;
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  /** Less than a request has come, as one that is longer than the octets read at once. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!answering) {
      context.read();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    answering = true;
    if (request.decoderResult().isFailure()) {
      refuse(context, request);
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    Call call = call(request);
    try {
      workers.execute(
          () -> {
            Reply reply = doors.answer(call);
            boolean bodyWanted = !call.method().equals("HEAD");
            context.executor().execute(() -> write(context, reply, keepAlive, bodyWanted));
          });
    } catch (RejectedExecutionException _) {
      context.close(); // the server is being stopped
    }
  }

  private static Call call(FullHttpRequest request) {
    return new Call(
        request.method().name(),
        path(request.uri()),
        Optional.ofNullable(HttpUtil.getMimeType(request))
            .map(type -> type.toString().strip().toLowerCase(Locale.ROOT)),
        Optional.ofNullable(request.headers().get(HttpHeaderNames.IF_NONE_MATCH)),
        ByteBufUtil.getBytes(request.content()));
  }

  /** The path of {@code /a?b} and of {@code http://host/a}, which proxies send. */
  private static String path(String uri) {
    String rest = uri;
    if (!rest.startsWith("/")) {
      int host = rest.indexOf("://");
      int slash = host < 0 ? -1 : rest.indexOf('/', host + 3);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    int query = rest.indexOf('?');
    return query < 0 ? rest : rest.substring(0, query);
  }

  /** What can't be read as HTTP ends the connection: nobody knows where the next request starts. */
  private void refuse(ChannelHandlerContext context, FullHttpRequest request) {
    Throwable cause = request.decoderResult().cause();
    boolean tooLong = cause instanceof TooLongHttpLineException;
    boolean tooMany = cause instanceof TooLongHttpHeaderException;
    write(
        context,
        tooLong
            ? Reply.text(414, "That address is too long.")
            : tooMany
                ? Reply.text(431, "Those headers are too long.")
                : Reply.text(400, "That is not a request we can read."),
        false,
        true);
  }

  private void write(
      ChannelHandlerContext context, Reply reply, boolean keepAlive, boolean bodyWanted) {
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    response.headers().set(HttpHeaderNames.DATE, Reply.date(clock.instant()));
    if (reply.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
      HttpUtil.setContentLength(response, reply.body().length());
    }
    HttpUtil.setKeepAlive(response, keepAlive);
    var written = written(context, response, reply.body(), bodyWanted);
    if (keepAlive) {
      written.addListener(_ -> readOn(context));
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** A file is released, and so closed, by whoever writes it, also where that fails. */
  private static ChannelFuture written(
      ChannelHandlerContext context, DefaultHttpResponse head, Body body, boolean bodyWanted) {
    if (!bodyWanted || body.length() == 0) {
      body.close();
      context.write(head);
      return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    return switch (body) {
      case Body.Octets octets -> {
        context.write(head);
        yield context.writeAndFlush(
            new DefaultLastHttpContent(Unpooled.wrappedBuffer(octets.octets())));
      }
      case Body.Stored stored -> {
        context.write(head);
        context.write(new DefaultFileRegion(stored.channel(), 0, stored.length()));
        yield context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      }
    };
  }

  private void readOn(ChannelHandlerContext context) {
    answering = false;
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof ClosedChannelException)) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke: {0}", cause.toString());
    }
    context.close();
  }
}
