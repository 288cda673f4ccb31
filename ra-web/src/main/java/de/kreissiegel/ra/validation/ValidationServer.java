package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.status.OcspResponder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The validation server. Serves {@code POST /ocsp}, {@code GET /ocsp/…}, {@code /crl/NAME.crl},
 * {@code /ca/NAME.cer} and {@code /ca/NAME.p7c}.
 */
public final class ValidationServer implements AutoCloseable {
  private static final int ADDRESS_OCTETS = 8 * 1024;
  private static final int HEADER_OCTETS = 8 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOOPS = 2;

  private final InetSocketAddress address;
  private final Doors doors;
  private final Clock clock;
  private final HttpDates dates;
  private final Duration patience;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel channel;

  /**
   * @param address where to listen; port 0 takes any that is free
   */
  public ValidationServer(
      OcspResponder responder,
      CrlShelf crls,
      AuthorityCatalog catalog,
      InetSocketAddress address,
      Clock clock) {
    this(responder, crls, catalog, address, clock, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience after which a connection ends that nobody uses
   */
  ValidationServer(
      OcspResponder responder,
      CrlShelf crls,
      AuthorityCatalog catalog,
      InetSocketAddress address,
      Clock clock,
      Duration patience) {
    this.address = address;
    this.patience = patience;
    this.doors = new Doors(new OcspDoor(responder), new FileDoor(crls, catalog, clock.instant()));
    this.clock = clock;
    this.dates = new HttpDates(clock.instant());
  }

  /**
   * Opens the port.
   *
   * @throws IOException if that can't be done; its message is a sentence for people
   */
  public synchronized void start() throws IOException {
    if (loops != null) {
      throw new IllegalStateException("started already");
    }
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    furnish(connection.pipeline());
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw failure(bound.cause());
    }
    loops = group;
    channel = bound.channel();
  }

  private void furnish(ChannelPipeline pipeline) {
    pipeline
        .addLast(
            new HttpRequestDecoder(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(ADDRESS_OCTETS)
                    .setMaxHeaderSize(HEADER_OCTETS)))
        .addLast(new Conversation(doors, workers, clock, dates, patience));
  }

  /** The port that is listened on. */
  public synchronized int port() {
    if (channel == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Closes the port, lets the answers under way go out for a second, and ends. */
  @Override
  public synchronized void close() {
    if (channel != null) {
      channel.close().awaitUninterruptibly();
    }
    workers.shutdown();
    try {
      if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException _) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (loops != null) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private IOException failure(Throwable cause) {
    String where = address.getHostString() + " port " + address.getPort();
    return cause instanceof BindException taken && message(taken).contains("in use")
        ? new IOException("Another program uses " + where + ", where validation is to listen.")
        : new IOException("Validation can't listen on " + where + ": " + message(cause) + ".");
  }

  private static String message(Throwable cause) {
    return String.valueOf(cause.getMessage());
  }
}
