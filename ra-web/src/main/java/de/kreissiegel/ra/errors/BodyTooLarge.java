package de.kreissiegel.ra.errors;

import java.io.IOException;

/** A body without a declared length went past the limit. */
final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLarge() {
    super("the body is too large");
  }
}
