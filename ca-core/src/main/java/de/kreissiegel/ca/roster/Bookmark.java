package de.kreissiegel.ca.roster;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * How far a directory was read, in the words of its adapter: a cookie of RFC 4533 §2.1.2, one of
 * DirSync, a highest {@code uSNChanged}, a latest {@code modifyTimestamp}. Only the adapter that
 * wrote it reads it.
 *
 * @param value at most 64 KiB
 */
public record Bookmark(Bytes value) {
  private static final int LONGEST = 65_536;

  public Bookmark {
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException("a bookmark of " + value.length() + " octets");
    }
  }
}
