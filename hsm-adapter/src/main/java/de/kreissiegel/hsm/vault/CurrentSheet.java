package de.kreissiegel.hsm.vault;

import java.io.IOException;

/** The sheet of an open vault: as it stands on disk, and who changes it does so here. */
final class CurrentSheet {
  private final VaultFiles files;
  private volatile VaultSheet sheet;

  /** As it was read. */
  CurrentSheet(VaultFiles files, VaultSheet sheet) {
    this.files = files;
    this.sheet = sheet;
  }

  VaultSheet get() {
    return sheet;
  }

  /**
   * Puts another in its place; it is on disk when this returns.
   *
   * @throws IOException if it can't be written; the one before is in force
   */
  synchronized void replace(VaultSheet next) throws IOException {
    VaultSheet before = sheet;
    boolean whole = false;
    try {
      files.writeSheet(next);
      sheet = next;
      whole = true;
    } finally {
      if (!whole) {
        // The new one may stand there already, and only not be known to last.
        files.writeSheet(before);
      }
    }
  }
}
