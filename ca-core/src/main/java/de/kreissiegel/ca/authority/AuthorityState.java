package de.kreissiegel.ca.authority;

/** What a generation of an authority does at a time. */
public enum AuthorityState {
  /** Its key exists, and signs CRLs and OCSP answers, but no certificate yet. */
  PLANNED,
  /** It issues. */
  ACTIVE,
  /** It has stopped issuing; it goes on telling of its certificates until they have ended. */
  RETIRING,
  /** Its certificate has ended, or it was terminated: it signs nothing any more. */
  ENDED
}
