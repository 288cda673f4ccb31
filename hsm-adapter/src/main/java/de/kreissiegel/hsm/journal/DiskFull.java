package de.kreissiegel.hsm.journal;

import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from a broken one. Java has no type for it, only the system's words. */
final class DiskFull {
  private DiskFull() {}

  static boolean says(IOException failed) {
    String message = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left") || message.contains("quota exceeded");
  }
}
