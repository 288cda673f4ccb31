package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** BSI TR-03116-4 (2025) §6.1.2, and what TR-02102-1 (2026-01) says of when and what for. */
final class BsiLints {
  private static final Duration LONGEST = Duration.ofDays(3 * 365 + 1);
  private static final Instant END_OF_KEY_AGREEMENT = Instant.parse("2031-12-31T23:59:59Z");
  private static final Instant END_OF_SIGNATURES = Instant.parse("2035-12-31T23:59:59Z");

  private BsiLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "bsi.validity",
            "TR-03116-4 §6.1.2",
            "Endzertifikate gelten höchstens drei Jahre.",
            "Certificates of end entities are valid for at most three years.",
            (it, report) ->
                report.require(
                    Duration.between(
                                it.certificate().notBefore().at(), it.certificate().notAfter().at())
                            .compareTo(LONGEST)
                        <= 0)),
        error(
            "bsi.key-usage",
            "TR-03116-4 §6.1.2",
            "keyUsage ist da und kritisch.",
            "keyUsage is there and critical.",
            (it, report) ->
                report.require(
                    it.extensions().keyUsage().isPresent()
                        && it.extensions().isCritical(Oids.KEY_USAGE))),
        error(
            "bsi.extended-key-usage",
            "TR-03116-4 §6.1.2",
            "extKeyUsage ist da und nennt nicht irgendeinen Zweck.",
            "extKeyUsage is there and doesn't say any purpose.",
            (it, report) ->
                report.require(
                    !it.extensions().usages().isEmpty() && !it.hasUsage(Oids.ANY_USAGE))),
        error(
            "bsi.one-purpose",
            "TR-03116-4 §6.1.2",
            "Ein Schlüssel dient nicht zugleich dem Signieren und dem Verschlüsseln.",
            "A key doesn't serve both signing and encrypting.",
            (it, report) -> {
              int bits = UsageLints.usage(it);
              report.require(
                  (bits & UsageLints.SIGNING) == 0 || (bits & UsageLints.ENCRYPTING) == 0);
            }),
        error(
            "bsi.signature-apart",
            "TR-02102-1 Bem. 6.1",
            "Ein Schlüssel für Willenserklärungen (nonRepudiation) meldet sich nirgends an.",
            "A key for declarations of will (nonRepudiation) doesn't log in anywhere.",
            (it, report) ->
                report.require(
                    (UsageLints.usage(it) & UsageLints.NON_REPUDIATION) == 0
                        || (UsageLints.usage(it) & UsageLints.DIGITAL_SIGNATURE) == 0
                            && !logsIn(it))),
        error(
            "bsi.revocation",
            "TR-03116-4 §6.1.2",
            "Das Zertifikat sagt, wo sein Status steht: Sperrliste oder OCSP.",
            "The certificate says where its status is told: CRL or OCSP.",
            (it, report) ->
                report.require(
                    !it.extensions().crlPoints().isEmpty()
                        || it.extensions().infoAccess().stream()
                            .anyMatch(access -> access.method().equals(Oids.AD_OCSP)))),
        error(
            "bsi.wildcard",
            "TR-03116-4 §6.1.2",
            "Weder CN noch subjectAltName hat einen Platzhalter.",
            "Neither CN nor subjectAltName has a wildcard.",
            BsiLints::wildcards),
        error(
            "bsi.key-agreement-end",
            "TR-02102-1 §2.1",
            "Verschlüsselung nur mit RSA oder elliptischen Kurven endet am 31.12.2031.",
            "Encryption by RSA or elliptic curves alone ends on 31 December 2031.",
            (it, report) ->
                report.require(
                    (UsageLints.usage(it) & UsageLints.ENCRYPTING) == 0
                        || !BsiKeyLints.isClassical(it.key().algorithm())
                        || !it.certificate().notAfter().at().isAfter(END_OF_KEY_AGREEMENT))),
        warning(
            "bsi.signature-end",
            "TR-02102-1 §2.1, §5.3.1",
            "Klassische Signaturen allein sind nur bis Ende 2035 vorgesehen.",
            "Classical signatures alone are expected until the end of 2035 only.",
            (it, report) ->
                report.require(
                    !BsiKeyLints.isClassical(it.key().algorithm())
                        || !it.certificate().notAfter().at().isAfter(END_OF_SIGNATURES))),
        error(
            "tr02103.distinction",
            "TR-02103 §2.2.6",
            "Der Name einer Person hat eine unterscheidende serialNumber.",
            "The name of a person has a distinguishing serialNumber.",
            (it, report) ->
                report.require(
                    !it.names(HolderKind.PERSON)
                        || !it.subject().all(Oids.SERIAL_NUMBER).isEmpty())));
  }

  private static boolean logsIn(Case it) {
    return it.hasUsage(Oids.CLIENT_AUTH)
        || it.hasUsage(Oids.SERVER_AUTH)
        || it.hasUsage(Oids.IPSEC_IKE)
        || it.hasUsage(Oids.SMARTCARD_LOGON);
  }

  private static void wildcards(Case it, Report report) {
    for (ReadGeneralName name : it.extensions().names()) {
      report.require(
          name.form() != ReadGeneralName.DNS || name.text().indexOf('*') < 0, name.text());
    }
    for (String name : it.subject().all(Oids.CN)) {
      report.require(name.indexOf('*') < 0, name);
    }
  }
}
