package de.kreissiegel.ra.rest;

/** Whose certificates. */
enum CertificateScope {
  /** Those that name the person or what they answer for. */
  OWN,
  /** All of the tenants that the person may see. */
  ALL
}
