package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * One search in the inventory. Whatever is looked for, it reads a bounded part: what words find is
 * sought first in the next {@value #NEXT} certificates of the list's order, where frequent words
 * fill a page; what isn't frequent there, or can't be by the statistics, is few, and found by the
 * index of words.
 */
final class CertificateSearch {
  /** About as many as a word has that just doesn't fill a page among them, in a million. */
  private static final int NEXT = 5000;

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
  private final Optional<Set<SubjectId>> subjects;
  private final CertificateQuery query;
  private final Instant now;

  /**
   * @param scope only of these tenants
   * @param subjects only of these subjects, where they are named; a few
   */
  CertificateSearch(
      Set<TenantId> scope, Optional<Set<SubjectId>> subjects, CertificateQuery query, Instant now) {
    var both = new HashSet<>(scope);
    query.filter().tenant().ifPresent(only -> both.retainAll(Set.of(only)));
    this.tenants = both;
    this.subjects = subjects;
    this.query = query;
    this.now = now;
  }

  List<StoredCertificate> in(Jdbi jdbi) {
    String text = Patterns.storable(query.text()).strip();
    List<String> words = NameWords.lookedFor(text);
    if (tenants.isEmpty() || (words.isEmpty() && !text.isEmpty()) || holderIsNobody()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle -> {
          Optional<Identifier> identifier = Identifier.of(text);
          if (identifier.isPresent()) {
            List<StoredCertificate> known = listed(handle, narrowed().known(identifier.get()));
            if (!known.isEmpty()) {
              return known;
            }
          }
          return byTerms(handle, words);
        });
  }

  private List<StoredCertificate> byTerms(Handle handle, List<String> words) {
    Filter filter = query.filter();
    List<String> names = SearchTerms.of(filter);
    boolean fewAnyway = subjects.isPresent() || filter.holder().isPresent();
    if (fewAnyway || (words.isEmpty() && names.isEmpty())) {
      return listed(handle, withTerms(words));
    }
    var counts = WordCounts.of(handle, Stream.concat(words.stream(), names.stream()).toList());
    if (!counts.areFew(words) || counts.shareOfAll() * NEXT >= query.limit()) {
      List<StoredCertificate> next = amongNext(handle, words);
      if (next.size() == query.limit()) {
        return next;
      }
    }
    return words.isEmpty() && names.stream().noneMatch(counts::isRare)
        ? listed(handle, withTerms(words))
        : byIndex(handle, words, counts.selective(words));
  }

  /** No id in the database holds U+0000. */
  private boolean holderIsNobody() {
    return query.filter().holder().filter(id -> id.value().indexOf('\0') >= 0).isPresent();
  }

  private SearchConditions conditions() {
    var conditions = new SearchConditions(tenants, query, now);
    subjects.ifPresent(
        some ->
            conditions.addAny(
                "subject_id = " + JdbcPseudonymBook.ANY_WITH_HOLDERS,
                "subjects",
                some.stream().map(SubjectId::value).toList()));
    return conditions;
  }

  /** What doesn't look for words has profile and authority as they stand in their columns. */
  private SearchConditions narrowed() {
    var conditions = conditions();
    Filter filter = query.filter();
    filter
        .profile()
        .ifPresent(name -> conditions.add("profile = :profile", "profile", name.value()));
    filter
        .authority()
        .ifPresent(name -> conditions.add("authority = :authority", "authority", name.value()));
    return conditions;
  }

  private SearchConditions withTerms(List<String> words) {
    var conditions = conditions();
    Filter filter = query.filter();
    if (!words.isEmpty() || !SearchTerms.of(filter).isEmpty()) {
      conditions.add(
          "terms @@ cast(:terms as tsquery)", "terms", SearchTerms.query(tenants, words, filter));
    }
    return conditions;
  }

  private List<StoredCertificate> listed(Handle handle, SearchConditions conditions) {
    return list(
        handle,
        conditions,
        "select * from certificate where %s order by %s offset :offset limit :limit"
            .formatted(conditions.all(), conditions.order()));
  }

  private List<StoredCertificate> amongNext(Handle handle, List<String> words) {
    SearchConditions conditions = withTerms(words);
    return list(
        handle,
        conditions,
        """
        select * from (
          select * from certificate where %1$s order by %3$s limit %4$d) next
        where %2$s order by %3$s offset :offset limit :limit
        """
            .formatted(conditions.ofPiece(), conditions.others(), conditions.order(), NEXT));
  }

  private List<StoredCertificate> byIndex(
      Handle handle, List<String> words, List<String> selective) {
    List<String> frequent = words.stream().filter(word -> !selective.contains(word)).toList();
    SearchConditions conditions = withTerms(selective);
    if (!frequent.isEmpty()) {
      // "is true" keeps it from the index; PostgreSQL knows all the same how much it leaves.
      conditions.add(
          "(terms @@ cast(:frequent as tsquery)) is true", "frequent", SearchTerms.query(frequent));
    }
    // Materialized, or the order would have PostgreSQL read all certificates for some that it
    // expects and that aren't there.
    return list(
        handle,
        conditions,
        """
        with found as materialized (
            select authority, serial, not_before, not_after from certificate where %1$s),
          page as (
            select authority, serial from found order by %2$s offset :offset limit :limit)
        select certificate.* from page join certificate using (authority, serial) order by %2$s
        """
            .formatted(conditions.all(), conditions.order()));
  }

  private List<StoredCertificate> list(Handle handle, SearchConditions conditions, String sql) {
    return conditions
        .bindTo(handle.createQuery(sql))
        .bind("offset", query.offset())
        .bind("limit", query.limit())
        .addCustomizer(PLANNED_EACH_TIME)
        .map(CertificateRow.MAPPER)
        .list();
  }
}
