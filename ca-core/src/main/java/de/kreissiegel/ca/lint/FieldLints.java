package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** The fields of a TBSCertificate but for names and extensions: RFC 5280 §4.1. */
final class FieldLints {
  /** Spoken by the linter itself: there is nothing that another lint could read. */
  static final Lint DER =
      error(
          "rfc5280.der",
          "RFC 5280 §4.1, X.690 §10",
          "Das Zertifikat ist in DER kodiert.",
          "The certificate is in DER.",
          (it, report) -> {});

  /** The same. */
  static final Lint FORM =
      error(
          "rfc5280.form",
          "RFC 5280 §4.1",
          "Das Zertifikat hat die Gestalt eines TBSCertificate.",
          "The certificate has the form of a TBSCertificate.",
          (it, report) -> {});

  private static final int LONGEST_SERIAL = 20;
  private static final Set<String> WITH_NULL =
      Set.of(
          "1.2.840.113549.1.1.5",
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13");

  private FieldLints() {}

  static List<Lint> all() {
    return List.of(
        DER,
        FORM,
        error(
            "rfc5280.version",
            "RFC 5280 §4.1.2.1",
            "Die Version ist v3.",
            "The version is v3.",
            (it, report) ->
                report.require(it.certificate().version() == 3, "v" + it.certificate().version())),
        error(
            "rfc5280.serial-positive",
            "RFC 5280 §4.1.2.2",
            "Die Seriennummer ist positiv.",
            "The serial number is positive.",
            FieldLints::serialPositive),
        error(
            "rfc5280.serial-length",
            "RFC 5280 §4.1.2.2",
            "Die Seriennummer hat höchstens 20 Oktette.",
            "The serial number has at most 20 octets.",
            (it, report) -> report.require(it.certificate().serial().length() <= LONGEST_SERIAL)),
        error(
            "rfc5280.signature-algorithm",
            "RFC 5280 §4.1.2.3",
            "Der Signaturalgorithmus ist der des ausstellenden Schlüssels.",
            "The signature algorithm is that of the issuing key.",
            (it, report) ->
                it.context()
                    .issuer()
                    .ifPresent(
                        issuer ->
                            report.require(
                                it.certificate()
                                    .signature()
                                    .isEncodedAs(issuer.signatureAlgorithm().toArray())))),
        error(
            "rfc5280.signature-parameters",
            "RFC 4055 §5, RFC 5758 §3.2, RFC 9881 §2",
            "Der Signaturalgorithmus hat die Parameter, die sein Standard vorschreibt.",
            "The signature algorithm has the parameters that its standard asks for.",
            FieldLints::signatureParameters),
        error(
            "rfc5280.validity-order",
            "RFC 5280 §4.1.2.5",
            "Der Beginn liegt vor dem Ende.",
            "The start is before the end.",
            (it, report) ->
                report.require(
                    it.certificate().notBefore().at().isBefore(it.certificate().notAfter().at()))),
        error(
            "rfc5280.validity-encoding",
            "RFC 5280 §4.1.2.5.1, §4.1.2.5.2",
            "Zeiten bis 2049 sind UTCTime, spätere GeneralizedTime, mit Sekunden und Z.",
            "Times up to 2049 are UTCTime, later ones GeneralizedTime, with seconds and Z.",
            (it, report) ->
                report.require(
                    it.certificate().notBefore().proper() && it.certificate().notAfter().proper())),
        error(
            "rfc5280.unique-ids",
            "RFC 5280 §4.1.2.8, TR-02103 Kap. 6",
            "issuerUniqueID und subjectUniqueID fehlen.",
            "There is no issuerUniqueID and no subjectUniqueID.",
            (it, report) -> report.require(!it.certificate().hasUniqueIds())),
        error(
            "rfc5280.key-parameters",
            "RFC 3279 §2.3, RFC 4055 §1.2, RFC 5480 §2.1.1, RFC 8410 §3",
            "Der öffentliche Schlüssel hat die Parameter, die sein Standard vorschreibt.",
            "The public key has the parameters that its standard asks for.",
            FieldLints::keyParameters));
  }

  private static void serialPositive(Case it, Report report) {
    try {
      report.require(it.certificate().serial().integer().compareTo(BigInteger.ZERO) > 0);
    } catch (Malformed impossible) {
      report.broken();
    }
  }

  private static void signatureParameters(Case it, Report report) {
    List<Der> parts = it.certificate().signature().children();
    String algorithm = it.certificate().signatureAlgorithm();
    boolean right;
    if (WITH_NULL.contains(algorithm)) {
      right = parts.size() == 2 && parts.get(1).is(Der.NULL);
    } else if (algorithm.equals(Oids.RSA_PSS)) {
      right = parts.size() == 2 && parts.get(1).is(Der.SEQUENCE);
    } else {
      right = parts.size() == 1;
    }
    report.require(right, algorithm);
  }

  private static void keyParameters(Case it, Report report) {
    ReadKey key = it.key();
    boolean right =
        switch (key.algorithm()) {
          case Oids.RSA -> key.parameters().map(value -> value.is(Der.NULL)).orElse(false);
          case Oids.RSA_PSS, Oids.RSA_OAEP ->
              key.parameters().map(value -> value.is(Der.SEQUENCE)).orElse(true);
          case Oids.EC -> key.curve().isPresent();
          default -> key.parameters().isEmpty();
        };
    report.require(right, key.algorithm());
  }
}
