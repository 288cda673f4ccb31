package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.CertificateProfile;

/** Which mail addresses a certificate can hold. */
public final class MailAddress {
  private MailAddress() {}

  /**
   * Whether the address fits into certificates of this profile: in ASCII (rfc822Name, RFC 5280
   * §4.2.1.6), or with letters beyond it before the {@code @} where the profile takes that (RFC
   * 9598 §3). A domain is in A-labels already, or the address fits nowhere.
   */
  public static boolean fits(String mail, CertificateProfile profile) {
    int at = mail.lastIndexOf('@');
    return at > 0 && isAscii(mail.substring(at)) && (profile.internationalMail() || isAscii(mail));
  }

  /** Whether it needs a SmtpUTF8Mailbox. */
  public static boolean isInternational(String mail) {
    return !isAscii(mail);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
