package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;
import java.util.List;

/** The door to issued certificates. */
public final class CertificateInventory {
  /** The actor's own: those that name them or what they answer for. Newest first. */
  public List<StoredCertificate> own(Actor.Person person) {
    throw new UnsupportedOperationException();
  }

  /** Certificates of the tenants that the actor may see. */
  public List<StoredCertificate> search(Actor actor, CertificateQuery query) {
    throw new UnsupportedOperationException();
  }

  /**
   * One certificate, if it is the actor's own or of a tenant that they may see.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public StoredCertificate view(Actor actor, AuthorityName authority, SerialNumber serial)
      throws Refused {
    throw new UnsupportedOperationException();
  }
}
