package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.MalformedMessage;
import de.kreissiegel.hsm.wire.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections that are kept. One that was idle may have died with an earlier signer: then the
 * question is put again on a new one, which an id makes harmless.
 */
final class ConnectionPool implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 32;

  private final Path socket;
  private final Duration timeout;
  private final Watchdog watchdog = new Watchdog();
  private final Semaphore permits = new Semaphore(MOST_CONNECTIONS);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ConnectionPool(Path socket, Duration timeout) {
    this.socket = socket;
    this.timeout = timeout;
  }

  Answer ask(Question question) throws SigningUnavailable {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SigningUnavailable("the signer is busy; no connection came free in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SigningUnavailable("interrupted while waiting for the signer", interrupted);
    }
    try {
      return askInTime(question, deadline);
    } finally {
      permits.release();
    }
  }

  private Answer askInTime(Question question, long deadline) throws SigningUnavailable {
    Connection kept = idle.pollFirst();
    while (kept != null) {
      try {
        return exchange(kept, false, question, deadline);
      } catch (IOException | MalformedMessage _) {
        // Died while idle, or the signer was restarted: those behind it may have, too.
        kept = idle.pollFirst();
      }
    }
    try {
      Connection made = Connection.unconnected();
      open.add(made);
      return exchange(made, true, question, deadline);
    } catch (IOException failed) {
      throw new SigningUnavailable(
          "the signer at %s is not running or broke off (%s)"
              .formatted(socket, failed.getMessage()),
          failed);
    } catch (MalformedMessage malformed) {
      throw new SigningUnavailable("what answers at " + socket + " is no signer", malformed);
    }
  }

  private Answer exchange(Connection connection, boolean fresh, Question question, long deadline)
      throws IOException, MalformedMessage, SigningUnavailable {
    AtomicBoolean late = new AtomicBoolean();
    boolean good = false;
    try (Watchdog.Guard _ = watchdog.closeAt(connection, deadline, late)) {
      if (closed) {
        throw new SigningUnavailable("this client is closed");
      }
      if (fresh) {
        connection.connect(socket);
      }
      Answer answer = connection.ask(question);
      good = !(answer instanceof Answer.Fault);
      return answer;
    } catch (IOException failed) {
      throw inTime(failed, late);
    } finally {
      settle(connection, good && !late.get());
    }
  }

  private IOException inTime(IOException failed, AtomicBoolean late) throws SigningUnavailable {
    if (late.get()) {
      throw new SigningUnavailable(
          "the signer didn't answer within " + timeout.toMillis() + " ms", failed);
    }
    return failed;
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
