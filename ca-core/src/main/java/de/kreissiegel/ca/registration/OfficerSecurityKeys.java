package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/** The officers' security keys, as far as the desk asks for them. */
public interface OfficerSecurityKeys {
  /** Where they are used; empty if none count. */
  Optional<SecurityKeyPages> rules();

  /**
   * Whether this person approves by it: the vault would hear one that its holder took back, too.
   *
   * @param credential its id
   */
  boolean isOf(SubjectId person, Bytes credential);

  /** No security keys count. */
  static OfficerSecurityKeys none() {
    return new OfficerSecurityKeys() {
      @Override
      public Optional<SecurityKeyPages> rules() {
        return Optional.empty();
      }

      @Override
      public boolean isOf(SubjectId person, Bytes credential) {
        return false;
      }
    };
  }
}
