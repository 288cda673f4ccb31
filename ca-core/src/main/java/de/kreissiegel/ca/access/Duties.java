package de.kreissiegel.ca.access;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/**
 * The offices of a person that decide on nothing: for which tenants they hold them.
 *
 * @param operates as an operator of the authority
 * @param administers as an administrator of its hosts
 * @param managesAccess as who says who gets into which group
 * @param protectsData as data protection officer
 * @param helps at the help desk: they see people's things, send again and put on hold
 * @param reads as a revisor of other tenants, by grants, beside those that the directory names
 * @param refused offices that the directory gives them and that exclude each other: none of theirs
 *     counts as long as it does
 */
public record Duties(
    Set<TenantId> operates,
    Set<TenantId> administers,
    Set<TenantId> managesAccess,
    Set<TenantId> protectsData,
    Set<TenantId> helps,
    Set<TenantId> reads,
    Set<Office> refused) {
  /** Of most people. */
  public static final Duties NONE = refusing(Set.of());

  public Duties {
    operates = Set.copyOf(operates);
    administers = Set.copyOf(administers);
    managesAccess = Set.copyOf(managesAccess);
    protectsData = Set.copyOf(protectsData);
    helps = Set.copyOf(helps);
    reads = Set.copyOf(reads);
    refused = Set.copyOf(refused);
  }

  /** What the directory alone says. */
  public Duties(
      Set<TenantId> operates,
      Set<TenantId> administers,
      Set<TenantId> managesAccess,
      Set<TenantId> protectsData,
      Set<TenantId> helps,
      Set<Office> refused) {
    this(operates, administers, managesAccess, protectsData, helps, Set.of(), refused);
  }

  /** Nothing but that these exclude each other. */
  static Duties refusing(Set<Office> offices) {
    return new Duties(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), offices);
  }

  /** The same, at the help desk of these tenants. */
  Duties withHelpFor(Set<TenantId> others) {
    return new Duties(operates, administers, managesAccess, protectsData, others, reads, refused);
  }

  /** The same, reading as a revisor of these tenants. */
  Duties withReadingOf(Set<TenantId> others) {
    return new Duties(operates, administers, managesAccess, protectsData, helps, others, refused);
  }
}
