package de.kreissiegel.ra.session;

import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.ca.login.StoredSession;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.security.StaffPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.SessionRepository;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Sessions between requests. Nothing is held in this process: each request asks the database, so
 * what one node ends has ended at all. A request that changes nothing writes nothing, but once a
 * minute that the session is in use. Requests of one session that change different things at the
 * same time, at whatever nodes, keep each other's changes.
 */
final class DatabaseSessions implements SessionRepository<PageSession> {
  private static final System.Logger LOG = System.getLogger(DatabaseSessions.class.getName());
  private static final Duration IDLE = Duration.ofMinutes(30);

  /** And as much longer each session lives, lest it end too early. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  /** Octets that sealing adds, and some. */
  private static final int SEAL = 64;

  private static final String LOGGED_IN =
      HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
  private static final String FLASH = SessionFlashMapManager.class.getName() + ".FLASH_MAPS";

  private final SessionBook book;
  private final SessionText text;
  private final SessionSeal seal;
  private final InstantSource clock;

  DatabaseSessions(
      SessionBook book, Collection<Keepable> keepables, InstantSource clock, SecureRandom random) {
    this.book = book;
    this.text = new SessionText(keepables);
    this.seal = new SessionSeal(random);
    this.clock = clock;
  }

  @Override
  public PageSession createSession() {
    return new PageSession(seal::newId, clock, IDLE);
  }

  @Override
  public @Nullable PageSession findById(String id) {
    if (!SessionSeal.isId(id)) {
      return null;
    }
    var stored = asked(() -> book.find(SessionSeal.key(id), clock.instant()));
    return stored.flatMap(one -> session(id, one)).orElse(null);
  }

  private Optional<PageSession> session(String id, StoredSession stored) {
    return attributes(id, stored.content())
        .map(
            those ->
                PageSession.stored(
                    id, those, seal::newId, clock, IDLE, stored.created(), stored.used()));
  }

  /** Empty if it can't be read: as good as none, for it would be the same at the next request. */
  private Optional<Map<String, Object>> attributes(String id, Bytes content) {
    try {
      return SessionSeal.open(id, content).map(text::read);
    } catch (RuntimeException unreadable) {
      LOG.log(System.Logger.Level.WARNING, "A session can''t be read: {0}", unreadable.toString());
      return Optional.empty();
    }
  }

  @Override
  public void save(PageSession session) {
    if (!session.isChanged(NOTED_EVERY)) {
      return;
    }
    Instant now = clock.instant();
    var written = session.writtenId();
    if (written.isPresent()) {
      boolean isThere =
          asked(
              () ->
                  book.change(
                      SessionSeal.key(written.get()),
                      now,
                      stored -> merged(written.get(), stored, session)));
      if (!isThere) {
        return; // ended meanwhile, here or at another node: it stays so
      }
    } else {
      StoredSession first = sealed(session, session.attributes());
      asked(
          () -> {
            book.insert(first, now);
            return true;
          });
    }
    session.isWritten();
  }

  /** This request's changes upon what others have made of it meanwhile. */
  private StoredSession merged(String id, StoredSession stored, PageSession session) {
    var attributes = new LinkedHashMap<>(attributes(id, stored.content()).orElse(Map.of()));
    session
        .changes()
        .forEach(
            (name, value) ->
                value.ifPresentOrElse(
                    one -> attributes.put(name, one), () -> attributes.remove(name)));
    return sealed(session, attributes);
  }

  private StoredSession sealed(PageSession session, Map<String, Object> attributes) {
    byte[] content = text.write(attributes);
    if (content.length > StoredSession.LARGEST - SEAL) {
      // What a page wanted to say is lost rather than the session.
      var rest = new LinkedHashMap<>(attributes);
      rest.remove(FLASH);
      content = text.write(rest);
    }
    return new StoredSession(
        SessionSeal.key(session.getId()),
        seal.seal(session.getId(), content),
        holder(attributes),
        session.getCreationTime(),
        session.getLastAccessedTime(),
        session.getLastAccessedTime().plus(IDLE).plus(NOTED_EVERY));
  }

  private static Optional<StoredSession.Holder> holder(Map<String, Object> attributes) {
    return attributes.get(LOGGED_IN) instanceof SecurityContext context
            && context.getAuthentication() != null
            && context.getAuthentication().getPrincipal() instanceof StaffPrincipal principal
        ? Optional.of(
            new StoredSession.Holder(
                principal.person().id(),
                principal.by().word(),
                // As the database keeps it, so that it is found unchanged.
                principal.since().truncatedTo(ChronoUnit.MICROS)))
        : Optional.empty();
  }

  @Override
  public void deleteById(String id) {
    if (SessionSeal.isId(id)) {
      asked(
          () -> {
            book.delete(SessionSeal.key(id));
            return true;
          });
    }
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalStateException bug) {
      throw bug; // what can't be kept
    } catch (RuntimeException away) {
      throw new SessionsUnavailable(away);
    }
  }
}
