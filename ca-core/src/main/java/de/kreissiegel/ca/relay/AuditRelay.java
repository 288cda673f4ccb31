package de.kreissiegel.ca.relay;

import de.kreissiegel.ca.audit.WrittenEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Follows the trail and passes it on. What can't be delivered waits in the database, where it is
 * anyway; what may have been delivered is delivered again.
 */
public final class AuditRelay {
  private static final System.Logger LOG = System.getLogger(AuditRelay.class.getName());

  /** So many go into one delivery. */
  private static final int AT_ONCE = 1000;

  /** After so long without events the host is asked for, so that its outage is noticed. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final RelayBook book;
  private final SyslogHost host;
  private final String node;
  private final Clock clock;
  private volatile Instant heard = Instant.MIN;
  private volatile Optional<Outage> outage = Optional.empty();

  /**
   * @param node this host's name in the messages
   */
  public AuditRelay(RelayBook book, SyslogHost host, String node, Clock clock) {
    this.book = book;
    this.host = host;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Since when the host is out, and why.
   *
   * @param since the first failure after the last success
   * @param cause in a sentence
   */
  public record Outage(Instant since, String cause) {}

  /**
   * How it goes.
   *
   * @param host which
   * @param backlog what waits
   * @param outage if the last delivery failed
   */
  public record State(String host, RelayBook.Backlog backlog, Optional<Outage> outage) {}

  /**
   * Passes on what there is. To be called every second.
   *
   * @return how many events were passed on
   */
  public int work() {
    int passed = 0;
    try {
      for (String chain : book.chains()) {
        for (int some = passOn(chain); some > 0; some = passOn(chain)) {
          passed += some;
          works();
        }
      }
      if (!heard.isAfter(clock.instant().minus(QUIET))) {
        host.deliver(List.of());
        works();
      }
    } catch (IOException failure) {
      note(String.valueOf(failure.getMessage()));
    }
    return passed;
  }

  public State state() {
    return new State(host.toString(), book.backlog(), outage);
  }

  private int passOn(String chain) throws IOException {
    return book.<IOException>passOn(chain, AT_ONCE, this::deliver);
  }

  private void deliver(List<WrittenEvent> events) throws IOException {
    host.deliver(events.stream().map(event -> SyslogLine.of(event, node)).toList());
  }

  private void note(String cause) {
    Optional<Outage> before = outage;
    outage = Optional.of(new Outage(before.map(Outage::since).orElse(clock.instant()), cause));
    if (before.isEmpty()) {
      LOG.log(Level.WARNING, "events wait: the syslog host {0} is out: {1}", host, cause);
    }
  }

  private void works() {
    heard = clock.instant();
    Optional<Outage> before = outage;
    outage = Optional.empty();
    if (before.isPresent()) {
      LOG.log(Level.INFO, "the syslog host {0} is there again", host);
    }
  }
}
