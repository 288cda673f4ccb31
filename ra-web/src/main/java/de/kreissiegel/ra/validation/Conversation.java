package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One connection. What can be answered at once is answered at once, on the event loop; the rest
 * goes to the workers. Answers go out in the order of the requests: while a worker is at one, or
 * the client doesn't take what it has asked for, nothing more is read from it.
 */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private static final byte[] NOTHING = {};

  private final Doors doors;
  private final Executor workers;
  private final Clock clock;
  private final HttpDates dates;

  /** Requests that came in one piece with one that a worker is at; no more than fit in a read. */
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();

  private boolean answering;
  private boolean ending;

  Conversation(Doors doors, Executor workers, Clock clock, HttpDates dates) {
    this.doors = doors;
    this.workers = workers;
    this.clock = clock;
    this.dates = dates;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (ending) {
      return; // nothing follows an answer after which the connection is closed
    }
    if (answering || !context.channel().isWritable()) {
      waiting.add(request.retain());
      context.channel().config().setAutoRead(false);
    } else {
      answer(context, request);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  /** Answers at once, or lets a worker do it. */
  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      refuse(context, request.decoderResult().cause());
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    Call call = call(request, clock.instant());
    Reply ready = doors.atOnce(call);
    if (ready != null) {
      write(context, ready, call.at(), keepAlive, isBodyWanted(call));
      return;
    }
    answering = true;
    context.channel().config().setAutoRead(false);
    try {
      workers.execute(
          () -> {
            Reply reply = doors.answer(call);
            context.executor().execute(() -> finish(context, call, reply, keepAlive));
          });
    } catch (RejectedExecutionException _) {
      context.close(); // the server is being stopped
    }
  }

  /** A worker has the answer. */
  private void finish(ChannelHandlerContext context, Call call, Reply reply, boolean keepAlive) {
    answering = false;
    write(context, reply, call.at(), keepAlive, isBodyWanted(call));
    goOn(context);
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      goOn(context);
      context.flush();
    }
  }

  /** Answers those that have waited, and reads again when there are none left. */
  private void goOn(ChannelHandlerContext context) {
    while (!answering && !ending && context.channel().isWritable()) {
      FullHttpRequest next = waiting.poll();
      if (next == null) {
        context.channel().config().setAutoRead(true);
        return;
      }
      try {
        answer(context, next);
      } finally {
        next.release();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
    context.fireChannelInactive();
  }

  private static Call call(FullHttpRequest request, Instant at) {
    return new Call(
        request.method().name(),
        path(request.uri()),
        Optional.ofNullable(HttpUtil.getMimeType(request))
            .map(type -> type.toString().strip().toLowerCase(Locale.ROOT)),
        Optional.ofNullable(request.headers().get(HttpHeaderNames.IF_NONE_MATCH)),
        ByteBufUtil.getBytes(request.content()),
        at);
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
  private void refuse(ChannelHandlerContext context, Throwable cause) {
    boolean tooLong = cause instanceof TooLongHttpLineException;
    boolean tooMany = cause instanceof TooLongHttpHeaderException;
    write(
        context,
        tooLong
            ? Reply.text(414, "That address is too long.")
            : tooMany
                ? Reply.text(431, "Those headers are too long.")
                : Reply.text(400, "That is not a request we can read."),
        clock.instant(),
        false,
        true);
  }

  private static boolean isBodyWanted(Call call) {
    return !call.method().equals("HEAD");
  }

  private void write(
      ChannelHandlerContext context,
      Reply reply,
      Instant at,
      boolean keepAlive,
      boolean bodyWanted) {
    Body body = reply.body();
    byte[] octets = bodyWanted && body instanceof Body.Octets ready ? ready.octets() : NOTHING;
    ByteBuf out = context.alloc().directBuffer(ReplyEncoder.HEAD_OCTETS + octets.length);
    ReplyEncoder.head(out, reply, dates.of(at), keepAlive);
    ChannelFuture written = context.write(out.writeBytes(octets));
    if (bodyWanted && body instanceof Body.Stored file) {
      // It is released, and so closed, by whoever writes it, also where that fails.
      written = context.write(new DefaultFileRegion(file.channel(), 0, file.length()));
    } else {
      body.close();
    }
    if (!keepAlive) {
      ending = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
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
