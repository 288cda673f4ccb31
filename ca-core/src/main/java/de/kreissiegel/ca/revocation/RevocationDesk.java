package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;

/** The one door for revocation. A revocation is final, but for a hold. */
public final class RevocationDesk {
  /**
   * Revokes, or suspends where the reason is {@code certificateHold}. Officers may for their
   * tenants; a person may for their own certificates; components of the system for all.
   *
   * @param reason any but {@code removeFromCRL}
   * @param note why, in words, for the audit trail, at most 500 characters; may be empty
   * @return the certificate with its new status
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, WRONG_STATE (revoked already, or expired)
   */
  public StoredCertificate revoke(
      Actor actor,
      AuthorityName authority,
      SerialNumber serial,
      RevocationReason reason,
      String note)
      throws Refused {
    throw new UnsupportedOperationException();
  }

  /**
   * Releases a hold. Officers only.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, WRONG_STATE (not on hold)
   */
  public StoredCertificate release(
      Actor actor, AuthorityName authority, SerialNumber serial, String note) throws Refused {
    throw new UnsupportedOperationException();
  }
}
