package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.token.ProviderReport;
import de.kreissiegel.hsm.token.SignatureProviders;

/** Which provider computes with the software token's keys. */
final class Providers {
  private Providers() {}

  static void examine(Notes notes) {
    for (ProviderReport report : SignatureProviders.report()) {
      notes.fact(
          "%s: %s %s, %s"
              .formatted(
                  report.algorithm().word(), report.provider(), report.version(), report.why()));
    }
  }
}
