package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ContentSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Octets that are all there. */
record HeldContent(Bytes octets) implements ContentSource {
  @Override
  public long length() {
    return octets.length();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(octets.toArray());
  }
}
