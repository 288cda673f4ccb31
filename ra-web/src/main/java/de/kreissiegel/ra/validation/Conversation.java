package de.kreissiegel.ra.validation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection. What can be answered at once is answered at once, on the event loop; the rest
 * goes to the workers. Answers go out in the order of the requests: while a worker is at one, or
 * the client doesn't take what it has asked for, nothing more is read from it.
 */
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private static final byte[] NOTHING = {};

  /** So long whoever was refused may go on sending; by then they have read why. */
  private static final long FAREWELL_SECONDS = 2;

  private final Doors doors;
  private final Executor workers;
  private final Clock clock;
  private final HttpDates dates;
  private final Duration patience;
  private final Intake intake = new Intake();
  private @Nullable IdleWatch idle;

  /** Requests that came in one piece with one that a worker is at; no more than fit in a read. */
  private final Queue<Intake.Came> waiting = new ArrayDeque<>();

  private boolean answering;
  private boolean ending;

  /**
   * @param patience after which a connection ends that nobody uses
   */
  Conversation(Doors doors, Executor workers, Clock clock, HttpDates dates, Duration patience) {
    this.doors = doors;
    this.workers = workers;
    this.clock = clock;
    this.dates = dates;
    this.patience = patience;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    idle = new IdleWatch(context.channel(), patience);
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
    // Nothing follows an answer after which the connection is closed.
    Intake.Came came = ending ? null : intake.take(piece);
    if (came == null) {
      return;
    }
    boolean busy = answering || !waiting.isEmpty() || !context.channel().isWritable();
    if (came instanceof Intake.Came.Expecting) {
      if (!busy) {
        context.write(ByteBufUtil.writeAscii(context.alloc(), ReplyHead.CONTINUE));
      }
    } else if (busy) {
      waiting.add(came);
      context.channel().config().setAutoRead(false);
    } else {
      answer(context, came);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  private void answer(ChannelHandlerContext context, Intake.Came came) {
    switch (came) {
      case Intake.Came.Whole(HttpRequest head, byte[] body) -> {
        if (idle != null) {
          idle.lives();
        }
        answer(context, call(head, body, clock.instant()), HttpUtil.isKeepAlive(head));
      }
      case Intake.Came.Refused(Reply reply) ->
          partFrom(context, write(context, reply, clock.instant(), false, true));
      case Intake.Came.Expecting _ -> {}
    }
  }

  /** Answers at once, or lets a worker do it. */
  private void answer(ChannelHandlerContext context, Call call, boolean keepAlive) {
    Reply ready = doors.atOnce(call);
    if (ready != null) {
      reply(context, ready, call, keepAlive);
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
    reply(context, reply, call, keepAlive);
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
      Intake.Came next = waiting.poll();
      if (next == null) {
        context.channel().config().setAutoRead(true);
        return;
      }
      answer(context, next);
    }
  }

  private static Call call(HttpRequest request, byte[] body, Instant at) {
    return new Call(
        request.method().name(),
        path(request.uri()),
        Optional.ofNullable(HttpUtil.getMimeType(request))
            .map(type -> type.toString().strip().toLowerCase(Locale.ROOT)),
        Optional.ofNullable(request.headers().get(HttpHeaderNames.IF_NONE_MATCH)),
        body,
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

  private static boolean isBodyWanted(Call call) {
    return !call.method().equals("HEAD");
  }

  private void reply(ChannelHandlerContext context, Reply reply, Call call, boolean keepAlive) {
    ChannelFuture written = write(context, reply, call.at(), keepAlive, isBodyWanted(call));
    if (!keepAlive) {
      ending = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Ends a connection on which more may be on its way. Were it closed at once, the system would
   * tell the sender that nobody took that, and they would lose the answer (RFC 9112 §9.6): so our
   * side alone is closed, and what still comes is thrown away for a while.
   */
  private void partFrom(ChannelHandlerContext context, ChannelFuture written) {
    ending = true;
    context.channel().config().setAutoRead(true);
    written.addListener(
        _ -> {
          var unused = ((DuplexChannel) context.channel()).shutdownOutput();
        });
    var unused =
        context.executor().schedule((Runnable) context::close, FAREWELL_SECONDS, TimeUnit.SECONDS);
  }

  private ChannelFuture write(
      ChannelHandlerContext context,
      Reply reply,
      Instant at,
      boolean keepAlive,
      boolean bodyWanted) {
    Body body = reply.body();
    byte[] octets = bodyWanted && body instanceof Body.Octets ready ? ready.octets() : NOTHING;
    ByteBuf out = context.alloc().directBuffer(ReplyHead.OCTETS + octets.length);
    ReplyHead.write(out, reply, dates.of(at), keepAlive);
    ChannelFuture written = context.write(out.writeBytes(octets));
    if (bodyWanted && body instanceof Body.Stored file) {
      // It is released, and so closed, by whoever writes it, also where that fails.
      written = context.write(new DefaultFileRegion(file.channel(), 0, file.length()));
    } else {
      body.close();
    }
    return written;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof ClosedChannelException)) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke: {0}", cause.toString());
    }
    context.close();
  }
}
