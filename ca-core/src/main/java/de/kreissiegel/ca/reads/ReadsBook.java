package de.kreissiegel.ca.reads;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Set;

/**
 * Reads as the trail tells of them: those of these tenants, and pages of lists that were asked for
 * of no single tenant, where the reader isn't known to work for others alone.
 */
public interface ReadsBook {
  /** Some of them, newest first. */
  List<ReadEntry> search(Set<TenantId> tenants, ReadsQuery query, int offset, int limit);

  /** How many each reader left, in no order that says anything; 2000 readers at most. */
  List<ReaderCount> counts(Set<TenantId> tenants, ReadsQuery query);
}
