package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.CertificateQuery.State;
import de.kreissiegel.ca.inventory.Place;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/**
 * The conditions of one search, each with what is bound in it: those that cut a piece out of the
 * list's order, and all others. Only what is asked for becomes a condition, so that PostgreSQL can
 * choose the index that fits. The tenants of the scope stand in every search.
 */
final class SearchConditions {
  /** No certificate begins earlier or ends later (RFC 5280 §4.1.2.5); no date is worse to read. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  /** The orders that there are indexes for. */
  private enum Order {
    NEWEST_FIRST("not_before desc, authority, serial"),
    ENDING_FIRST("not_after, authority, serial"),
    LAST_ENDED_FIRST("not_after desc, authority desc, serial desc");

    private final String columns;

    Order(String columns) {
      this.columns = columns;
    }

    static Order of(Filter filter) {
      if (filter.latestEndFirst()) {
        return LAST_ENDED_FIRST;
      }
      return filter.byEnd() ? ENDING_FIRST : NEWEST_FIRST;
    }
  }

  private final List<String> piece = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, Object> bound = new HashMap<>();
  private final Map<String, List<String>> arrays = new HashMap<>();
  private final Order order;

  /**
   * @param tenants not empty
   * @param now when what has ended by then is expired
   */
  SearchConditions(Set<TenantId> tenants, CertificateQuery query, Instant now) {
    Filter filter = query.filter();
    order = Order.of(filter);
    piece.add("tenant is not null");
    filter.endsFrom().ifPresent(from -> piece("not_after >= :endsFrom", "endsFrom", from));
    filter.endsBefore().ifPresent(to -> piece("not_after < :endsBefore", "endsBefore", to));
    if (order == Order.LAST_ENDED_FIRST) {
      piece("not_after < :now", "now", now);
    }
    query.after().ifPresent(this::goOn);
    others.add("erased_at is null");
    // Of a foreign authority's some are known by their serial number alone: nobody could open them.
    others.add("(subject_name <> '' or alternative_names <> '')");
    if (tenants.size() > 1) {
      addAny("tenant = any(:tenants)", "tenants", tenants.stream().map(TenantId::value).toList());
    } else {
      // A single tenant's newest have an index of their own.
      (order == Order.NEWEST_FIRST ? piece : others).add("tenant = :tenant");
      bound.put("tenant", tenants.iterator().next().value());
    }
    filter
        .holder()
        .map(SubjectId::value)
        .ifPresent(id -> add("subject_id = :holder", "holder", id));
    filter.state().ifPresent(state -> add(condition(state), "now", storable(now)));
  }

  /** The columns of the list's order, as they stand behind {@code order by}. */
  String order() {
    return order.columns;
  }

  /** What cuts a piece out of the list's order: the index of the order reads nothing else. */
  String ofPiece() {
    return String.join(" and ", piece);
  }

  /** All other conditions. */
  String others() {
    return String.join(" and ", others);
  }

  /** All conditions. */
  String all() {
    return ofPiece() + " and " + others();
  }

  /** Adds a condition with one value. */
  SearchConditions add(String condition, String name, Object value) {
    others.add(condition);
    bound.put(name, value);
    return this;
  }

  /** Adds one that names a list of values. */
  SearchConditions addAny(String condition, String name, List<String> values) {
    others.add(condition);
    arrays.put(name, values);
    return this;
  }

  /** Adds that it is known by this. */
  SearchConditions known(Identifier identifier) {
    var any = new ArrayList<String>();
    // In the order of octets "g" follows upon all that begins with these digits.
    any.add("serial collate \"C\" >= :first and serial collate \"C\" < :first || 'g'");
    bound.put("first", identifier.serial());
    identifier.decimal().ifPresent(serial -> any(any, "serial collate \"C\"", "decimal", serial));
    identifier.octets(32).ifPresent(hash -> any(any, "fingerprint", "sha256", hash));
    identifier.octets(32).ifPresent(hash -> any(any, "public_key_hash", "sha256", hash));
    identifier.octets(20).ifPresent(hash -> any(any, "fingerprint_sha1", "sha1", hash));
    identifier.octets(20).ifPresent(hash -> any(any, "key_identifier", "sha1", hash));
    others.add("(" + String.join(" or ", any) + ")");
    return this;
  }

  private void any(List<String> any, String column, String name, Object value) {
    any.add(column + " = :" + name);
    bound.put(name, value);
  }

  /** Gives a statement what these conditions name. */
  Query bindTo(Query statement) {
    arrays.forEach((name, values) -> statement.bindArray(name, String.class, values));
    return statement.bindMap(bound);
  }

  private void piece(String condition, String name, Instant time) {
    piece.add(condition);
    bound.put(name, storable(time));
  }

  private void goOn(Place last) {
    switch (order) {
      case NEWEST_FIRST -> {
        piece.add("not_before <= :at");
        piece.add("(not_before < :at or (authority, serial) > (:lastAuthority, :lastSerial))");
      }
      case ENDING_FIRST ->
          piece.add("(not_after, authority, serial) > (:at, :lastAuthority, :lastSerial)");
      case LAST_ENDED_FIRST ->
          piece.add("(not_after, authority, serial) < (:at, :lastAuthority, :lastSerial)");
    }
    bound.put("at", storable(last.at()));
    bound.put("lastAuthority", last.authority().value());
    bound.put("lastSerial", last.serial().toHex());
  }

  /** The four states that can be asked for are disjoint: what is revoked doesn't expire. */
  private static String condition(State state) {
    return switch (state) {
      case VALID -> "state = 'good' and not_after >= :now";
      case ON_HOLD -> "state = 'hold' and not_after >= :now";
      case REVOKED -> "state = 'revoked'";
      case EXPIRED -> "state <> 'revoked' and not_after < :now";
    };
  }

  private static Instant storable(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return time.isAfter(LATEST) ? LATEST : time;
  }
}
