package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.util.List;
import java.util.Optional;

/** Keys that the house has met before. */
final class KnownKeyLints {
  private KnownKeyLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "keys.certified",
            "TR-03145-1 Renew.Req.2",
            "Ein Schlüssel wird nur einmal zertifiziert, auch bei der Erneuerung (außer denen im "
                + "Tresor).",
            "A key is certified only once, also when renewed (but for those in the vault).",
            (it, report) ->
                report.require(
                    it.context().holder().map(LintContext.Holder::keyInVault).orElse(false)
                        || !it.standing().certified())),
        error(
            "keys.revoked",
            "TR-03145-1 Renew.Req.7",
            "Kein Zertifikat mit diesem Schlüssel ist widerrufen.",
            "No certificate with this key is revoked.",
            (it, report) -> report.require(!it.standing().revoked())),
        error(
            "keys.compromised",
            "TR-03145-1 PKS.Req.4, S/MIME BR §6.1.1.3",
            "Der Schlüssel ist nicht als bloßgestellt bekannt.",
            "The key is not known to be compromised.",
            (it, report) -> listed(it, report, KnownKeys.Listing.COMPROMISED)),
        error(
            "keys.component",
            "TR-02102-1 §5.3.4",
            "Der Schlüssel ist nicht Teil eines zusammengesetzten Schlüssels.",
            "The key is not part of a composite key.",
            (it, report) -> listed(it, report, KnownKeys.Listing.COMPONENT)));
  }

  private static void listed(Case it, Report report, KnownKeys.Listing listing) {
    report.require(!it.standing().listed().equals(Optional.of(listing)));
  }
}
