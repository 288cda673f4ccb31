package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.Signer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes connections, a thread each, and closes those that took too long. */
final class SignerServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SignerServer.class.getName());
  private static final long STACK = 512 << 10;
  private static final long BREATH_MILLIS = 20;

  private final List<Entrance> entrances;
  private final Limits limits;
  private final AnswerDesk desk;
  private final Attendance attendance;
  private final RareLog refusals = new RareLog(LOG);
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweeper").factory());

  SignerServer(List<Entrance> entrances, Limits limits, Signer signer) {
    this.entrances = List.copyOf(entrances);
    this.limits = limits;
    this.desk = new AnswerDesk(signer);
    this.attendance = new Attendance(limits);
  }

  void start() {
    for (Entrance entrance : entrances) {
      Thread unused = Thread.ofPlatform().name("accept").start(() -> accept(entrance));
    }
    var alsoUnused = sweeper.scheduleWithFixedDelay(this::sweep, 500, 500, TimeUnit.MILLISECONDS);
  }

  private void accept(Entrance entrance) {
    while (entrance.isOpen()) {
      try {
        entrance
            .next()
            .ifPresentOrElse(
                this::welcome, () -> refusals.warn("A connection of a user who is not allowed."));
      } catch (IOException failed) {
        if (entrance.isOpen()) {
          refusals.warn("A connection failed: " + failed.getMessage());
          breathe();
        }
      }
    }
  }

  private void welcome(Visitor visitor) {
    ServedConnection connection = new ServedConnection(visitor, limits, desk);
    if (!attendance.admit(connection)) {
      refusals.warn("A connection more than the limit, of " + visitor.name() + ".");
      visitor.close();
      return;
    }
    try {
      // Not virtual: a blocking read of a platform thread is one system call, without a poller.
      Thread unused =
          Thread.ofPlatform()
              .name("peer")
              .daemon()
              .stackSize(STACK)
              .start(
                  () -> {
                    try {
                      connection.serve();
                    } finally {
                      attendance.leave(connection);
                    }
                  });
    } catch (OutOfMemoryError noThread) {
      refusals.warn("There is no thread for another connection.");
      attendance.leave(connection);
      visitor.close();
    }
  }

  /** Where there are no file descriptors left, the next call would fail at once, too. */
  private static void breathe() {
    try {
      TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    attendance.all().forEach(connection -> connection.closeIfLate(now));
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    for (Entrance entrance : entrances) {
      try {
        entrance.close();
      } catch (IOException failed) {
        LOG.log(System.Logger.Level.WARNING, "A socket: {0}", failed.getMessage());
      }
    }
    attendance.all().forEach(ServedConnection::close);
  }
}
