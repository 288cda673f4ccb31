package de.kreissiegel.ra.credentials;

import java.io.IOException;

/** The credentials file is missing or not as it should be; the message is one sentence on it. */
public final class CredentialsUnreadable extends IOException {
  private static final long serialVersionUID = 1L;

  CredentialsUnreadable(String message) {
    super(message);
  }
}
