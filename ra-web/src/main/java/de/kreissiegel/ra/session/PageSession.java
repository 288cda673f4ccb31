package de.kreissiegel.ra.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** One session during one request: what the database held, and what has changed since. */
final class PageSession implements Session {
  private final Map<String, Object> attributes;
  private final Map<String, Optional<Object>> changed = new LinkedHashMap<>();
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final Instant created;
  private final Duration idle;
  private String id;
  private Instant used;
  private Instant writtenUse;
  private @Nullable String writtenId;

  /** A new one. */
  PageSession(Supplier<String> ids, InstantSource clock, Duration idle) {
    this(ids.get(), Map.of(), ids, clock, idle, clock.instant(), clock.instant());
  }

  /** One that the database holds. */
  static PageSession stored(
      String id,
      Map<String, Object> attributes,
      Supplier<String> ids,
      InstantSource clock,
      Duration idle,
      Instant created,
      Instant used) {
    var session = new PageSession(id, attributes, ids, clock, idle, created, used);
    session.writtenId = id;
    return session;
  }

  private PageSession(
      String id,
      Map<String, Object> attributes,
      Supplier<String> ids,
      InstantSource clock,
      Duration idle,
      Instant created,
      Instant used) {
    this.id = id;
    this.attributes = new LinkedHashMap<>(attributes);
    this.ids = ids;
    this.clock = clock;
    this.idle = idle;
    this.created = created;
    this.used = used;
    this.writtenUse = used;
  }

  /** The id under which the database has it; empty if it hasn't yet. */
  Optional<String> writtenId() {
    return Optional.ofNullable(writtenId);
  }

  /** Whether there is something to write; mere use is, once it is this old. */
  boolean isChanged(Duration useAtMost) {
    return !changed.isEmpty()
        || !id.equals(writtenId)
        || !used.isBefore(writtenUse.plus(useAtMost));
  }

  /** What was put there or taken away since the last writing. */
  Map<String, Optional<Object>> changes() {
    return changed;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  void isWritten() {
    changed.clear();
    writtenId = id;
    writtenUse = used;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String changeSessionId() {
    id = ids.get();
    return id;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T getAttribute(String name) {
    return (T) attributes.get(name);
  }

  @Override
  public Set<String> getAttributeNames() {
    return Set.copyOf(attributes.keySet());
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value == null) {
      removeAttribute(name);
      return;
    }
    attributes.put(name, value);
    changed.put(name, Optional.of(value));
  }

  @Override
  public void removeAttribute(String name) {
    if (attributes.remove(name) != null) {
      changed.put(name, Optional.empty());
    }
  }

  @Override
  public Instant getCreationTime() {
    return created;
  }

  /** By our clock, not by the caller's. */
  @Override
  public void setLastAccessedTime(Instant time) {
    used = clock.instant();
  }

  @Override
  public Instant getLastAccessedTime() {
    return used;
  }

  /** The same for all. */
  @Override
  public void setMaxInactiveInterval(Duration interval) {
    throw new UnsupportedOperationException("sessions last equally long");
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return idle;
  }

  @Override
  public boolean isExpired() {
    return !clock.instant().isBefore(used.plus(idle));
  }
}
