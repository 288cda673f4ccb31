package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.Optional;

/**
 * What can be erased once its time is over (BSI TR-03145-1, ArchC.Req.1 and 6). What no class names
 * is kept for good: policies, lists, audit heads, records of ceremonies, orders, what was refused.
 */
public enum RetentionClass {
  /**
   * Certificates with the evidence of who applied and who approved; their time is counted from
   * their own end. Never those of authorities, nor of officers whom the vault still has to know.
   */
  CERTIFICATES("certificates", SignedStructure.CERTIFICATE),
  /** Receipts for what was opened, with the officers' statements; counted from their entry. */
  RELEASES("releases", SignedStructure.RELEASE_RECEIPT),
  /** Signed attributes of time stamps; counted from their entry. */
  TIME_STAMPS("time-stamps", SignedStructure.TIME_STAMP),
  /** Signed attributes of CMS messages; counted from their entry. */
  MESSAGES("messages", SignedStructure.CMS_ATTRIBUTES),
  /** Digests of OCSP answers; counted from their entry. */
  ANSWERS("answers", SignedStructure.OCSP_RESPONSE);

  private final String word;
  private final SignedStructure structure;

  RetentionClass(String word, SignedStructure structure) {
    this.word = word;
    this.structure = structure;
  }

  /** What people call it. */
  public String word() {
    return word;
  }

  /** Which entries are of it. */
  public SignedStructure structure() {
    return structure;
  }

  /** The class of that name. */
  public static Optional<RetentionClass> ofWord(String word) {
    for (RetentionClass one : values()) {
      if (one.word.equals(word)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** The class that entries over such a structure are of; none if they are kept for good. */
  public static Optional<RetentionClass> of(SignedStructure structure) {
    for (RetentionClass one : values()) {
      if (one.structure == structure) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
