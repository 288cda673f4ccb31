package de.kreissiegel.ca.refusal;

/**
 * Why something that was asked for is not done. Where PKIFailureInfo (RFC 9810) has a word, ours is
 * that.
 */
public enum RefusalReason {
  /** Not there, or not there for this actor: the two are never told apart. */
  NOT_FOUND,
  /** The actor may see it, but may not do this. */
  NOT_AUTHORIZED,
  /** Nobody decides on an application of their own. */
  OWN_APPLICATION,
  /** The same officer can't be both pairs of eyes. */
  SAME_OFFICER,
  /** Nobody judges a deed of their own in a revision. */
  OWN_DEED,
  /**
   * A revision can't be signed off before all of its sample is judged and the chains are checked.
   */
  REVIEW_UNFINISHED,
  /** A text is missing or too long. */
  TEXT_MISSING,
  /** An officer's yes counts only with the signature of their officer's key. */
  APPROVAL_UNSIGNED,
  /** The officer's signature doesn't hold, is over something else, or by another certificate. */
  APPROVAL_INVALID,
  /** The certificate behind an officer's signature has ended or was revoked since. */
  SIGNATURE_ENDED,
  /** The state has moved on: issued, refused or withdrawn meanwhile. */
  WRONG_STATE,
  /** The request can't be read. */
  BAD_DATA_FORMAT,
  /** The proof of possession of the private key doesn't hold. */
  BAD_POP,
  /** The key's algorithm or size is not allowed. */
  BAD_ALG,
  /** The key stands in another certificate or application already. */
  KEY_IN_USE,
  /** The profile isn't there, or not for this kind of subject. */
  UNKNOWN_PROFILE,
  /** The CSR wishes for names that the directory doesn't confirm. */
  BAD_CERT_TEMPLATE,
  /** The directory lacks what the profile needs, as a mail address. */
  SUBJECT_INCOMPLETE,
  /** The subject is disabled or gone. */
  SUBJECT_DISABLED,
  /** The authority has stopped issuing, or ends long before the certificate should. */
  AUTHORITY_ENDING,
  /** The authority was stopped in an emergency, and no later key of it issues yet. */
  AUTHORITY_STOPPED,
  /** The linter found a fault; the detail says which. */
  LINT,
  /** The vault's own policy said no. */
  REFUSED_BY_VAULT,
  /** A reason in words is needed and was not given, or is too long. */
  REASON_MISSING,
  /** Too much at once: an application like this one is open already. */
  DUPLICATE,
  /**
   * Who calls isn't known or has no code, or theirs is another one or locked: never told apart. Or
   * the call is over.
   */
  CALLER_NOT_PROVEN,
  /** The code that was typed opens nothing; the detail says how many attempts are left. */
  WRONG_CODE,
  /** Keys of this kind aren't escrowed: nobody decided so, or nobody may. */
  ESCROW_OFF,
  /** The same list was brought before, and nobody said that it is meant. */
  SAME_LIST,
  /** The terms that are in force have to be accepted first. */
  TERMS_NOT_ACCEPTED,
  /** Other terms came into force than those that were read. */
  TERMS_CHANGED,
  /** The officer has to say how they checked the person, in a way that the profile takes. */
  CHECK_MISSING,
  /** Who they are was proved too long ago for this. */
  STALE_PROOF,
  /** The directory can't be asked now. */
  DIRECTORY_UNAVAILABLE,
  /** The vault can't be asked now. */
  SIGNER_UNAVAILABLE
}
