package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.Signer;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes connections, a virtual thread each, and closes those that took too long. */
final class SignerServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SignerServer.class.getName());
  private static final int LARGE_MESSAGES_AT_ONCE = 2;

  private final ServerSocketChannel server;
  private final PeerCheck peers;
  private final Limits limits;
  private final Signer signer;
  private final Set<ServedConnection> open = ConcurrentHashMap.newKeySet();
  private final Semaphore largeMessages = new Semaphore(LARGE_MESSAGES_AT_ONCE);
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweeper").factory());

  SignerServer(ServerSocketChannel server, PeerCheck peers, Limits limits, Signer signer) {
    this.server = server;
    this.peers = peers;
    this.limits = limits;
    this.signer = signer;
  }

  void start() {
    Thread unused = Thread.ofPlatform().name("accept").start(this::accept);
    var alsoUnused = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        welcome(server.accept());
      } catch (IOException failed) {
        if (server.isOpen()) {
          LOG.log(System.Logger.Level.WARNING, "A connection failed: {0}", failed.getMessage());
        }
      }
    }
  }

  private void welcome(SocketChannel channel) throws IOException {
    if (!peers.allows(channel)) {
      LOG.log(System.Logger.Level.WARNING, "A connection of a user who is not allowed.");
      channel.close();
    } else if (open.size() >= limits.connections()) {
      LOG.log(System.Logger.Level.WARNING, "A connection more than the limit.");
      channel.close();
    } else {
      ServedConnection connection = new ServedConnection(channel, limits, signer, largeMessages);
      open.add(connection);
      Thread unused =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      connection.serve();
                    } finally {
                      open.remove(connection);
                    }
                  });
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    open.forEach(connection -> connection.closeIfLate(now));
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    try {
      server.close();
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.WARNING, "The socket: {0}", failed.getMessage());
    }
    open.forEach(ServedConnection::close);
  }
}
