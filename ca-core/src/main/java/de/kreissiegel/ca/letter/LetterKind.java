package de.kreissiegel.ca.letter;

import java.util.Locale;

/** What a letter tells. */
public enum LetterKind {
  /** A certificate is ready to be fetched. */
  READY,
  /** An application was refused, and why. */
  REFUSED,
  /** Nobody decided on an application in time. */
  EXPIRED,
  /** A certificate was revoked. */
  REVOKED,
  /** A certificate was suspended. */
  HELD,
  /** A certificate is good again. */
  RELEASED,
  /** A certificate ends soon. */
  REMINDER,
  /** A certificate is to be followed by another by a day: an officer has asked everybody to. */
  CAMPAIGN,
  /** The same once more, for nothing was done. */
  CAMPAIGN_REMINDER,
  /** Who made a campaign: nothing is left of it. */
  CAMPAIGN_DONE,
  /** Who made a campaign: its day has passed, and some are left. */
  CAMPAIGN_OVERDUE,
  /** Officers: somebody's certificate ends very soon, and nothing was done. */
  UNRENEWED,
  /** Nobody has asked about a certificate for long: it will be taken away. */
  UNUSED,
  /** Somebody new is to apply for a certificate. */
  EXPECTED,
  /** Officers: somebody new still hasn't applied. */
  MISSING,
  /** An officer asks the applicant something. */
  ASKED,
  /** Officers: the applicant has answered. */
  ANSWERED,
  /** Somebody stands in for a tenant's officers. */
  GRANT,
  /** Officers and who appoints them: a grant waits for a second person's consent. */
  GRANT_PROPOSED,
  /** A revisor reads another tenant's affairs. */
  READING,
  /** Officers and who appoints them: that a revisor reads waits for a second person's consent. */
  READING_PROPOSED,
  /**
   * Whose keys are wanted from escrow, and by whom; those who lead officers where they are gone.
   */
  RECOVERY_REQUESTED,
  /** Officers and who appoints them: a recovery of escrowed keys waits for signatures. */
  RECOVERY_WAITING,
  /** Whose keys were taken out of escrow, and for whom; as RECOVERY_REQUESTED. */
  RECOVERY_RELEASED,
  /** Recovered keys are ready to be fetched. */
  RECOVERY_READY,
  /** Officers: an application waits for a decision. */
  WAITING,
  /** Officers, who appoints them, and the house: an application has waited for too long. */
  OVERDUE,
  /** Officers: people have to be confirmed again. */
  CONFIRMATION,
  /** Revisors and whoever runs the house: reviews of a period have to be signed off soon. */
  REVISION_DUE,
  /** Revisors and whoever runs the house: reviews of a period haven't come. */
  REVISION_OVERDUE,
  /** Officers: changes in the directory wait until two of them have looked. */
  BRAKE,
  /** Whoever runs the house: something is wrong with it. */
  ALARM;

  /** Whether it goes to who holds something, or asks for it, and not to an office. */
  public boolean isToHolder() {
    return switch (this) {
      case READY,
          REFUSED,
          EXPIRED,
          REVOKED,
          HELD,
          RELEASED,
          REMINDER,
          CAMPAIGN,
          CAMPAIGN_REMINDER,
          UNUSED,
          EXPECTED,
          ASKED ->
          true;
      case UNRENEWED,
          CAMPAIGN_DONE,
          CAMPAIGN_OVERDUE,
          MISSING,
          ANSWERED,
          GRANT,
          GRANT_PROPOSED,
          READING,
          READING_PROPOSED,
          WAITING,
          OVERDUE,
          CONFIRMATION,
          REVISION_DUE,
          REVISION_OVERDUE,
          BRAKE,
          ALARM ->
          false;
      // Recovery of keys is no affair of the help desk.
      case RECOVERY_REQUESTED, RECOVERY_WAITING, RECOVERY_RELEASED, RECOVERY_READY -> false;
    };
  }

  /** The name of its template: {@code reminder}. */
  public String templateName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
