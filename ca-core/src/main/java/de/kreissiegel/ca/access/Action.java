package de.kreissiegel.ca.access;

/** What an actor can want to do, each decided with a tenant. */
public enum Action {
  /** Apply for a certificate for oneself or for what one answers for. */
  APPLY,
  /** See an application or certificate that is one's own. */
  VIEW_OWN,
  /** Take back an application of one's own. */
  WITHDRAW_OWN,
  /** Revoke a certificate of one's own. */
  REVOKE_OWN,
  /** See the applications of a tenant. */
  VIEW_APPLICATIONS,
  /** Approve or refuse. */
  DECIDE,
  /** See, approve or refuse what would make a registration officer. */
  APPOINT,
  /** Search and see the certificates of a tenant. */
  VIEW_CERTIFICATES,
  /** Revoke or hold. */
  REVOKE,
  /** Release a hold. */
  RELEASE,
  /** See and let go what the brake holds of the directory's changes. */
  DECIDE_PLAN,
  /** See who stands in for a tenant's officers. */
  VIEW_GRANTS,
  /** Name deputies within a tenant, consent to grants across tenants, end either. */
  MANAGE_GRANTS,
  /** Propose that somebody of another tenant stands in. */
  GRANT_ACROSS,
  /** See what a tenant has decided on escrow, and whose keys were recovered. */
  VIEW_ESCROW,
  /** Propose, consent to and end a tenant's decision on escrow. */
  DECIDE_ESCROW,
  /** Ask for keys of others of a tenant, and sign that keys are given out. */
  RECOVER,
  /** Answer the phone, and revoke or hold for who calls and knows their code. */
  REVOKE_BY_PHONE,
  /** Read the audit trail of a tenant. */
  READ_AUDIT,
  /** Review samples of what was done for a tenant, sign that off, and take evidence along. */
  REVISE,
  /** See who looked at whose data. */
  VIEW_READS,
  /** See how the house stands, and how many certificates a tenant has of what. */
  VIEW_HOUSE,
  /** See which office may do what, and which group gives it. */
  VIEW_ROLES,
  /** See to whom the directory gives offices that exclude each other. */
  VIEW_ROLE_CONFLICTS,
  /** Find people, see how it stands with what is theirs, and send them their letters again. */
  HELP,
  /** Put on hold, which officers can undo, and revoke nothing. */
  HOLD,
  /** Apply by list for a tenant's devices and services, and ask its people to apply. */
  APPLY_FOR_OTHERS,
  /** Note what tokens, keys and cards were handed to a tenant's people, and what became of them. */
  MANAGE_EQUIPMENT,
  /** Have holders of a tenant's certificates asked to renew them by a day, and see who has. */
  RUN_CAMPAIGNS,
  /** Write a tenant's own reasons for refusing, to be used again. */
  MANAGE_REFUSAL_TEXTS
}
