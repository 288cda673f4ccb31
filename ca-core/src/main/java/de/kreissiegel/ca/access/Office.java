package de.kreissiegel.ca.access;

import java.util.Set;

/**
 * What people are entrusted with. The first five are held by five different people (BSI TR-03145-1,
 * Role.Req.12).
 */
public enum Office {
  /** Decides on applications, or says who does. */
  RA_OPERATOR(true),
  /** Runs the authority: ceremonies, keys, lists. */
  CA_OPERATOR(true),
  /** Runs the hosts on which it stands. */
  SYSTEM_ADMINISTRATOR(true),
  /** Says who gets into which group. */
  ACCESS_MANAGER(true),
  /** Looks at what was done, and does nothing. */
  REVISOR(true),
  /** Sees who looked at whose data (Art. 38 and 39 GDPR). */
  DATA_PROTECTION_OFFICER(false),
  /** Sees people's things, sends again, puts on hold; decides on nothing. */
  HELP_DESK(false);

  /** Those that nobody holds two of. */
  public static final Set<Office> EXCLUSIVE =
      Set.of(RA_OPERATOR, CA_OPERATOR, SYSTEM_ADMINISTRATOR, ACCESS_MANAGER, REVISOR);

  private final boolean exclusive;

  Office(boolean exclusive) {
    this.exclusive = exclusive;
  }

  /** Whether somebody who holds it may hold no other that is. */
  public boolean isExclusive() {
    return exclusive;
  }

  /** Whether nobody may hold both. */
  public boolean excludes(Office other) {
    return this != other && exclusive && other.exclusive;
  }
}
