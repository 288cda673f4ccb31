package de.kreissiegel.ca.campaign;

/** How it stands with a certificate of a campaign, as the facts are now; the first that is true. */
public enum Standing {
  /** Its holder has a good one of the same kind that the goal isn't about. */
  RENEWED(false),
  /** It was revoked, and nothing follows it. */
  REVOKED(false),
  /** It has ended, and nothing follows it. */
  EXPIRED(false),
  /** Its successor was applied for, and waits. */
  APPLIED(true),
  /** It is on hold: nothing can follow it before it is released. */
  ON_HOLD(true),
  /** Machines ask for such certificates: an officer has to see to it. */
  MACHINE(true),
  /** The directory names nobody to write to. */
  UNREACHABLE(true),
  /** Its holder wasn't written to yet. */
  WAITING(true),
  /** Its holder was written to once. */
  WRITTEN(true),
  /** And reminded. */
  REMINDED(true);

  private final boolean left;

  Standing(boolean left) {
    this.left = left;
  }

  /** Whether something has still to happen. */
  public boolean isLeft() {
    return left;
  }
}
