package de.kreissiegel.hsm.signing;

import java.io.IOException;
import java.io.InputStream;

/** Octets that are too many to be held, readable more than once. */
public interface ContentSource {
  /** How many octets. */
  long length();

  /** From the first octet on; the caller closes it. */
  InputStream open() throws IOException;
}
