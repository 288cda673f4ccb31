package de.kreissiegel.ca.registration;

/** What the desk hands an approved request to. */
@FunctionalInterface
public interface Issuing {
  /**
   * Makes the certificate.
   *
   * @return the request's state afterwards: issued; refused by linter or vault; or still approved
   *     where the vault can't be reached, to be gone on with by itself
   */
  CertificateRequest issue(CertificateRequest.Approved approved);
}
