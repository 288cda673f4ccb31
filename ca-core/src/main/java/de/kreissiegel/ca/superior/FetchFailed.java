package de.kreissiegel.ca.superior;

/** There is no list to be had at an address now; the message is an English half-sentence. */
final class FetchFailed extends Exception {
  private static final long serialVersionUID = 1L;

  FetchFailed(String cause) {
    super(cause, null, false, false);
  }

  String cause() {
    return String.valueOf(getMessage());
  }
}
