package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.Place;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * One search in the inventory. Only what is asked for becomes a condition, so that PostgreSQL can
 * choose the index that fits: those of identifiers, that of the terms, or the two that have the
 * list's order. The tenants of the scope stand in every one.
 */
final class CertificateSearch {
  /** What is good for one text is bad for another: no plan is kept for the next one. */
  private static final StatementCustomizer PLANNED_EACH_TIME =
      new StatementCustomizer() {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context)
            throws SQLException {
          statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
      };

  private final Set<TenantId> tenants;
  private final CertificateQuery query;
  private final Instant now;

  CertificateSearch(Set<TenantId> scope, CertificateQuery query, Instant now) {
    var both = new HashSet<>(scope);
    query.filter().tenant().ifPresent(only -> both.retainAll(Set.of(only)));
    this.tenants = both;
    this.query = query;
    this.now = now;
  }

  List<StoredCertificate> in(Jdbi jdbi) {
    String text = Patterns.storable(query.text()).strip();
    List<String> words = NameWords.lookedFor(text);
    if (tenants.isEmpty() || (words.isEmpty() && !text.isEmpty())) {
      return List.of();
    }
    return jdbi.withHandle(
        handle -> {
          Optional<Identifier> identifier = Identifier.of(text);
          if (identifier.isPresent()) {
            List<StoredCertificate> known = new Conditions().known(identifier.get()).list(handle);
            if (!known.isEmpty()) {
              return known;
            }
          }
          return new Conditions().terms(words).list(handle);
        });
  }

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

  /** The conditions of one statement, each with what is bound in it. */
  private final class Conditions {
    private final List<String> all = new ArrayList<>();
    private final Map<String, Object> bound = new HashMap<>();
    private final Order order = Order.of(query.filter());

    Conditions() {
      Filter filter = query.filter();
      all.add("erased_at is null");
      all.add(tenants.size() == 1 ? "tenant = :tenant" : "tenant = any(:tenants)");
      filter
          .holder()
          .map(SubjectId::value)
          .ifPresent(id -> add("subject_id = :holder", "holder", id));
      filter.endsFrom().ifPresent(from -> add("not_after >= :endsFrom", "endsFrom", from));
      filter.endsBefore().ifPresent(to -> add("not_after < :endsBefore", "endsBefore", to));
      filter.state().map(CertificateSearch::condition).ifPresent(all::add);
      query.after().ifPresent(this::goOn);
    }

    private void add(String condition, String name, Object value) {
      all.add(condition);
      bound.put(name, value);
    }

    private void goOn(Place last) {
      switch (order) {
        case NEWEST_FIRST -> {
          all.add("not_before <= :at");
          all.add("(not_before < :at or (authority, serial) > (:lastAuthority, :lastSerial))");
        }
        case ENDING_FIRST ->
            all.add("(not_after, authority, serial) > (:at, :lastAuthority, :lastSerial)");
        case LAST_ENDED_FIRST ->
            all.add("(not_after, authority, serial) < (:at, :lastAuthority, :lastSerial)");
      }
      bound.put("at", last.at());
      bound.put("lastAuthority", last.authority().value());
      bound.put("lastSerial", last.serial().toHex());
    }

    Conditions known(Identifier identifier) {
      var any = new ArrayList<String>();
      // In the order of octets "g" follows upon all that begins with these digits.
      any.add("serial collate \"C\" >= :first and serial collate \"C\" < :first || 'g'");
      bound.put("first", identifier.serial());
      identifier.decimal().ifPresent(serial -> any(any, "serial collate \"C\"", "decimal", serial));
      identifier.octets(32).ifPresent(hash -> any(any, "fingerprint", "sha256", hash));
      identifier.octets(32).ifPresent(hash -> any(any, "public_key_hash", "sha256", hash));
      identifier.octets(20).ifPresent(hash -> any(any, "fingerprint_sha1", "sha1", hash));
      identifier.octets(20).ifPresent(hash -> any(any, "key_identifier", "sha1", hash));
      all.add("(" + String.join(" or ", any) + ")");
      query
          .filter()
          .profile()
          .ifPresent(name -> add("profile = :profile", "profile", name.value()));
      query
          .filter()
          .authority()
          .ifPresent(name -> add("authority = :authority", "authority", name.value()));
      return this;
    }

    private void any(List<String> any, String column, String name, Object value) {
      any.add(column + " = :" + name);
      bound.put(name, value);
    }

    Conditions terms(List<String> words) {
      Filter filter = query.filter();
      if (!words.isEmpty() || filter.profile().isPresent() || filter.authority().isPresent()) {
        add("terms @@ cast(:terms as tsquery)", "terms", SearchTerms.query(tenants, words, filter));
      }
      return this;
    }

    List<StoredCertificate> list(Handle handle) {
      Query statement =
          handle.createQuery(
              "select * from certificate where %s order by %s offset :offset limit :limit"
                  .formatted(String.join(" and ", all), order.columns));
      statement
          .bindMap(bound)
          .bind("now", now)
          .bind("tenant", tenants.iterator().next().value())
          .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
          .bind("offset", query.offset())
          .bind("limit", query.limit());
      return statement.addCustomizer(PLANNED_EACH_TIME).map(CertificateRow.MAPPER).list();
    }
  }

  /** The four states that can be asked for are disjoint: what is revoked doesn't expire. */
  private static String condition(CertificateQuery.State state) {
    return switch (state) {
      case VALID -> "state = 'good' and not_after >= :now";
      case ON_HOLD -> "state = 'hold' and not_after >= :now";
      case REVOKED -> "state = 'revoked'";
      case EXPIRED -> "state <> 'revoked' and not_after < :now";
    };
  }
}
