package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Purpose;
import java.util.Collection;
import java.util.Optional;

/**
 * Of which of our signatures a page has to say what it is and isn't: none of them is the electronic
 * form of § 126a BGB.
 */
public enum SignatureKind {
  /** Declarations of will. */
  DOCUMENT,
  /** Mails: that they come from whom they say. */
  MAIL;

  /** By what the keys are for; the one that says most, if there are several. */
  public static Optional<SignatureKind> of(Collection<CertificateProfile> profiles) {
    if (profiles.stream().anyMatch(one -> one.purpose() == Purpose.SIGNATURE)) {
      return Optional.of(DOCUMENT);
    }
    return profiles.stream().anyMatch(one -> one.purpose() == Purpose.MAIL_SIGNATURE)
        ? Optional.of(MAIL)
        : Optional.empty();
  }
}
