package de.kreissiegel.ra.validation;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** What an HTTP response carries. */
sealed interface Body {
  long length();

  /** Lets go of it, where nobody sends it. */
  default void close() {}

  /** Octets that are there. */
  record Octets(byte[] octets) implements Body {
    @Override
    public long length() {
      return octets.length;
    }
  }

  /**
   * A file, however long: it goes from the disk to the network by the kernel alone.
   *
   * @param channel open; whoever sends it closes it
   * @param length how many octets
   */
  record Stored(FileChannel channel, long length) implements Body {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException unimportant) {
        // It was only read.
      }
    }
  }
}
