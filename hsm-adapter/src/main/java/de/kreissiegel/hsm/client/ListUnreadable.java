package de.kreissiegel.hsm.client;

import java.io.IOException;

/** Our own list can't be read; the signer isn't to blame, and won't sign half of it. */
final class ListUnreadable extends IOException {
  private static final long serialVersionUID = 1L;

  ListUnreadable(String message) {
    super(message);
  }
}
