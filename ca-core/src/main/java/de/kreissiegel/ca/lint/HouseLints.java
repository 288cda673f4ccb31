package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Our own rules: what is signed is what was ordered, and for whom it may be. */
final class HouseLints {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST_WITHOUT_STATUS = Duration.ofDays(90);
  private static final int SERIAL_BITS = 100; // of 128 random ones; fewer means they weren't

  private HouseLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "house.outlives-authority",
            "TR-03116-4 §6.1.2",
            "Nichts überlebt die CA, die es ausstellt.",
            "Nothing outlives the authority that issues it.",
            (it, report) ->
                it.context()
                    .issuer()
                    .ifPresent(
                        issuer ->
                            report.require(
                                !it.certificate().notAfter().at().isAfter(issuer.notAfter())))),
        error(
            "house.too-short",
            "docs/lints.md",
            "Das Zertifikat gilt mindestens eine Stunde.",
            "The certificate is valid for an hour at least.",
            (it, report) -> report.require(validity(it).compareTo(SHORTEST) >= 0)),
        error(
            "house.serial-random",
            "TR-02103 §2.2.2, S/MIME BR §7.1",
            "Die Seriennummer hat Zufall genug (mindestens 100 Bit Länge).",
            "The serial number has enough chance in it (100 bits of length at least).",
            HouseLints::serialRandom),
        error(
            "house.key",
            "RFC 2986 §3",
            "Der Schlüssel ist der, dessen Besitz bewiesen wurde.",
            "The key is the one whose possession was proved.",
            (it, report) ->
                order(it)
                    .ifPresent(
                        order ->
                            report.require(
                                Arrays.equals(it.key().encoded(), order.key().toArray())))),
        error(
            "house.key-usage",
            "docs/lints.md",
            "keyUsage ist, was das Profil sagt.",
            "keyUsage is what the profile says.",
            HouseLints::keyUsage),
        error(
            "house.extended-key-usage",
            "docs/lints.md",
            "extKeyUsage ist, was das Profil sagt.",
            "extKeyUsage is what the profile says.",
            (it, report) ->
                order(it)
                    .ifPresent(
                        order ->
                            report.require(
                                order
                                    .extendedKeyUsages()
                                    .equals(new HashSet<>(it.extensions().usages()))))),
        error(
            "house.dns-name",
            "RFC 9525 §4",
            "Wo das Profil einen DNS-Namen verlangt, steht er im subjectAltName.",
            "Where the profile asks for a DNS name, it stands in subjectAltName.",
            (it, report) ->
                report.require(
                    !order(it).map(LintContext.Order::dnsName).orElse(false)
                        || it.extensions().names().stream()
                            .anyMatch(name -> name.form() == ReadGeneralName.DNS))),
        error(
            "house.officer-scope",
            "docs/vault.md",
            "Das Zertifikat einer Registrierungsstelle, und kein anderes, sagt für welche "
                + "Mandanten.",
            "An officer's certificate, and no other, says for which tenants.",
            HouseLints::officerScope),
        error(
            "house.purpose",
            "docs/lints.md",
            "Der Schlüssel kann, wofür er bestellt ist: signieren, empfangen, sich ausweisen.",
            "The key can do what it was ordered for: sign, receive, prove who one is.",
            HouseLints::purpose),
        error(
            "house.nocheck-validity",
            "RFC 6960 §4.2.2.2.1",
            "Wonach niemand fragt, das gilt höchstens 90 Tage.",
            "What nobody asks about is valid for at most 90 days.",
            (it, report) ->
                report.require(
                    !it.extensions().has(Oids.OCSP_NOCHECK)
                        || validity(it).compareTo(LONGEST_WITHOUT_STATUS) <= 0)),
        error(
            "house.self-named",
            "RFC 5280 §3.2",
            "Kein Zertifikat trägt den Namen seiner CA.",
            "No certificate bears the name of its authority.",
            (it, report) ->
                report.require(
                    it.subject().isEmpty()
                        || !Arrays.equals(
                            it.subject().encoded(), it.certificate().issuer().encoded()))),
        error(
            "house.holder-disabled",
            "TR-03145-1 CG.Req.2",
            "Wer im Verzeichnis gesperrt ist, bekommt kein Zertifikat.",
            "Who is disabled in the directory gets no certificate.",
            (it, report) ->
                report.require(
                    it.context().holder().map(LintContext.Holder::enabled).orElse(true))),
        error(
            "house.holder-on-hold",
            "TR-03145-1 CG.Req.2",
            "Wessen Zertifikat ausgesetzt ist, der bekommt kein neues: erst freigeben oder "
                + "widerrufen.",
            "Whose certificate is on hold gets no new one: release or revoke that first.",
            (it, report) -> report.require(!it.standing().holderOnHold())));
  }

  private static Optional<LintContext.Order> order(Case it) {
    return it.context().order();
  }

  private static Duration validity(Case it) {
    return Duration.between(it.certificate().notBefore().at(), it.certificate().notAfter().at());
  }

  private static void serialRandom(Case it, Report report) {
    try {
      report.require(it.certificate().serial().integer().abs().bitLength() >= SERIAL_BITS);
    } catch (Malformed impossible) {
      report.broken();
    }
  }

  private static void keyUsage(Case it, Report report) {
    order(it)
        .ifPresent(
            order -> {
              int bits = 0;
              for (int bit : order.keyUsage()) {
                bits |= 1 << bit;
              }
              report.require(bits == UsageLints.usage(it));
            });
  }

  private static void officerScope(Case it, Report report) {
    Optional<Bytes> there =
        it.extensions()
            .find(Oids.SUBJECT_DIRECTORY_ATTRIBUTES)
            .flatMap(ReadExtension::parsed)
            .map(value -> Bytes.of(value.encoded()));
    order(it)
        .ifPresent(
            order ->
                report.require(
                    there.equals(order.directoryAttributes())
                        && there.isPresent() == (order.purpose() == KeyPurpose.APPROVAL)));
  }

  private static void purpose(Case it, Report report) {
    int bits = UsageLints.usage(it);
    it.context()
        .purpose()
        .ifPresent(
            purpose ->
                report.require(
                    switch (purpose) {
                      case SIGNATURE -> (bits & UsageLints.NON_REPUDIATION) != 0;
                      case ENCRYPTION -> (bits & UsageLints.ENCRYPTING) != 0;
                      case AUTHENTICATION, APPROVAL, STATUS ->
                          (bits & UsageLints.DIGITAL_SIGNATURE) != 0;
                      case OTHER -> true;
                    }));
  }
}
