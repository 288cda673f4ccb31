package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.MalformedMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections that are kept. One that was idle may have died with an earlier signer: then the
 * question is put again on a new one, which an id makes harmless.
 */
final class ConnectionPool implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 32;

  private final SignerAddress address;
  private final Duration timeout;
  private final Semaphore permits = new Semaphore(MOST_CONNECTIONS);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Watchdog watchdog;
  private volatile boolean closed;

  ConnectionPool(SignerAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.watchdog = new Watchdog(open, timeout);
  }

  /** One question and its answer, on a connection that is ours for so long. */
  interface Exchange {
    Answer on(Connection connection) throws IOException, MalformedMessage;
  }

  /**
   * Has an exchange made.
   *
   * @param extra how much longer than usual it may take
   */
  Answer ask(Exchange exchange, Duration extra) throws SigningUnavailable {
    long deadline = System.nanoTime() + timeout.plus(extra).toNanos();
    try {
      if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Attempt(this).unavailable("is busy; no connection came free in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SigningUnavailable("interrupted while waiting for the signer", interrupted);
    }
    try {
      return new Attempt(this).ask(exchange, deadline);
    } finally {
      permits.release();
    }
  }

  /** One question's way: over kept connections, as long as they turn out dead, and a new one. */
  private static final class Attempt {
    private final ConnectionPool pool;
    private boolean mayHaveAsked;

    private Attempt(ConnectionPool pool) {
      this.pool = pool;
    }

    Answer ask(Exchange exchange, long deadline) throws SigningUnavailable {
      Connection kept = pool.idle.pollFirst();
      while (kept != null) {
        try {
          return exchange(kept, exchange, deadline);
        } catch (ListUnreadable unreadable) {
          throw unavailable("got no whole list: " + unreadable.getMessage(), unreadable);
        } catch (IOException | MalformedMessage _) {
          // Died while idle, or the signer was restarted: those behind it may have, too.
          kept = pool.idle.pollFirst();
        }
      }
      try {
        Connection made = Connection.unconnected(pool.address);
        pool.open.add(made);
        return exchange(
            made,
            connection -> {
              connection.connect();
              return exchange.on(connection);
            },
            deadline);
      } catch (ListUnreadable unreadable) {
        throw unavailable("got no whole list: " + unreadable.getMessage(), unreadable);
      } catch (IOException failed) {
        throw unavailable("is not running or broke off (" + failed.getMessage() + ")", failed);
      } catch (MalformedMessage malformed) {
        throw unavailable("is none by what it answers", malformed);
      }
    }

    private Answer exchange(Connection connection, Exchange exchange, long deadline)
        throws IOException, MalformedMessage, SigningUnavailable {
      boolean good = false;
      try {
        connection.watchUntil(deadline);
        if (pool.closed) {
          throw unavailable("isn't asked any more: this client is closed");
        }
        Answer answer = exchange.on(connection);
        connection.unwatch();
        good = !(answer instanceof Answer.Fault) && !connection.isLate();
        return answer;
      } catch (IOException failed) {
        mayHaveAsked |= connection.mayHaveAsked();
        if (connection.isLate()) {
          throw unavailable("didn't answer within " + pool.timeout.toMillis() + " ms", failed);
        }
        throw failed;
      } finally {
        mayHaveAsked |= connection.mayHaveAsked();
        pool.settle(connection, good);
      }
    }

    private SigningUnavailable unavailable(String what) {
      return unavailable(what, new IOException(what));
    }

    private SigningUnavailable unavailable(String what, Throwable cause) {
      String sentence = "the signer at " + pool.address + " " + what;
      return mayHaveAsked
          ? new SigningUnavailable(sentence, cause)
          : SigningUnavailable.neverAsked(sentence, cause);
    }
  }

  private void settle(Connection connection, boolean good) {
    if (good) {
      idle.addFirst(connection);
    }
    if (!good || closed) {
      open.remove(connection);
      connection.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Connection::close);
    watchdog.close();
  }
}
