package de.kreissiegel.hsm.vault;

import java.util.Optional;

/** Which version of the software this is. */
final class SoftwareVersion {
  private SoftwareVersion() {}

  /** As its archive says; outside of one, as in tests, {@code unpacked}. */
  static String text() {
    return Optional.ofNullable(Vault.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }
}
