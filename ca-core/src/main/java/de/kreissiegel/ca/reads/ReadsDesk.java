package de.kreissiegel.ca.reads;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Set;

/** The data protection officer's door. */
public final class ReadsDesk {
  /** So many are in a file at most. */
  public static final int MOST = 10_000;

  private final ReadsBook book;
  private final ReadLog reads;

  public ReadsDesk(ReadsBook book, ReadLog reads) {
    this.book = book;
    this.reads = reads;
  }

  /**
   * Who looked at what, newest first. That it was asked for is noted.
   *
   * @param offset how many to skip
   * @param limit how many at most, 1 to {@value #MOST}
   * @throws Refused NOT_AUTHORIZED for who is no data protection officer; NOT_FOUND (another's
   *     tenant)
   */
  public List<ReadEntry> search(Actor.Person officer, ReadsQuery query, int offset, int limit)
      throws Refused {
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("offset from 0, limit 1 to " + MOST);
    }
    List<ReadEntry> found = book.search(scope(officer, query), query, offset, limit);
    reads.listed(officer, query.tenant(), "reads", query, found.size());
    return found;
  }

  /**
   * How often each reader looked, in order of their ids: nobody is ranked by it. That it was asked
   * for is noted.
   *
   * @throws Refused as {@link #search}
   */
  public List<ReaderCount> counts(Actor.Person officer, ReadsQuery query) throws Refused {
    List<ReaderCount> found = book.counts(scope(officer, query), query);
    reads.listed(officer, query.tenant(), "reads", query, found.size());
    return found;
  }

  private static Set<TenantId> scope(Actor.Person officer, ReadsQuery query) throws Refused {
    Set<TenantId> scope = AccessRules.scope(officer, Action.VIEW_READS);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for data protection officers only");
    }
    if (query.tenant().isEmpty()) {
      return scope;
    }
    if (!scope.contains(query.tenant().get())) {
      throw new Refused(RefusalReason.NOT_FOUND, "no tenant of theirs");
    }
    return Set.of(query.tenant().get());
  }
}
