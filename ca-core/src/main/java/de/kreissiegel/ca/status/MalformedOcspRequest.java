package de.kreissiegel.ca.status;

/** The octets are no OCSP request, or one beyond our bounds. */
final class MalformedOcspRequest extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedOcspRequest(String why) {
    super(why, null, false, false);
  }
}
