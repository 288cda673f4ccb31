package de.kreissiegel.ca.path;

import java.util.OptionalInt;

/** Why a path is not valid, beside the rules of policy sets. */
enum PathReason {
  LIMIT(
      "path.limit",
      "TR-02102-1 Remark 2.3 (short chains); own bound",
      "Es ist zu viel auf einmal",
      "This is too much at once"),
  UNREADABLE(
      "path.unreadable",
      "RFC 5280 §4.1",
      "Das ist kein lesbares Zertifikat",
      "This is no readable certificate"),
  NO_PATH(
      "path.no-path",
      "RFC 5280 §6.1.3 (a)(4)",
      "Kein Zertifikat der Ausstellerin führt zu einem Vertrauensanker",
      "No certificate of the issuer leads to a trust anchor"),
  SIGNATURE(
      "path.signature",
      "RFC 5280 §6.1.3 (a)(1)",
      "Die Signatur des Zertifikats stimmt nicht",
      "The certificate's signature doesn't hold"),
  NOT_YET_VALID(
      "path.not-yet-valid",
      "RFC 5280 §6.1.3 (a)(2)",
      "Das Zertifikat gilt noch nicht",
      "The certificate is not yet valid"),
  EXPIRED(
      "path.expired",
      "RFC 5280 §6.1.3 (a)(2)",
      "Das Zertifikat ist abgelaufen",
      "The certificate has expired"),
  NAME_CONSTRAINTS(
      "path.name-constraints",
      "RFC 5280 §6.1.3 (b), (c)",
      "Ein Name liegt außerhalb dessen, was eine übergeordnete Stelle erlaubt",
      "A name is outside of what an authority above allows"),
  POLICY(
      "path.policy",
      "RFC 5280 §6.1.3 (f), §6.1.4 (a), §6.1.5 (g)",
      "Keine der verlangten Richtlinien (certificatePolicies) gilt für den ganzen Pfad",
      "None of the wanted policies (certificatePolicies) is valid for the whole path"),
  NO_AUTHORITY(
      "path.no-authority",
      "RFC 5280 §6.1.4 (k)",
      "Das ausstellende Zertifikat ist keines einer Zertifizierungsstelle",
      "The issuing certificate is not one of an authority"),
  LENGTH(
      "path.length",
      "RFC 5280 §6.1.4 (l), (m)",
      "Der Pfad ist länger als pathLenConstraint erlaubt",
      "The path is longer than pathLenConstraint allows"),
  KEY_CERT_SIGN(
      "path.key-cert-sign",
      "RFC 5280 §6.1.4 (n)",
      "Der Schlüssel der Ausstellerin darf keine Zertifikate signieren",
      "The issuer's key must not sign certificates"),
  CRITICAL_EXTENSION(
      "path.critical-extension",
      "RFC 5280 §6.1.4 (o), §6.1.5 (e)",
      "Das Zertifikat hat eine unbekannte kritische Erweiterung",
      "The certificate has an unknown critical extension"),
  OTHER("path.invalid", "RFC 5280 §6.1", "Der Pfad ist ungültig", "The path is invalid"),
  REVOKED(
      "status.revoked",
      "RFC 5280 §6.3.3",
      "Das Zertifikat ist gesperrt",
      "The certificate is revoked"),
  STATUS_STALE(
      "status.stale",
      "RFC 5280 §5.1.2.5, §6.3.3 (a)",
      "Die Sperrliste der Ausstellerin ist nicht mehr aktuell",
      "The issuer's CRL is out of date"),
  STATUS_UNKNOWN(
      "status.unknown",
      "RFC 5280 §6.3.3",
      "Keine der Sperrlisten sagt, ob das Zertifikat gesperrt ist",
      "None of the CRLs tells whether the certificate is revoked"),
  STATUS_UNCHECKED(
      "status.unchecked",
      "TR-03116-4 §6.1.2, RFC 5280 §6.1.3 (a)(3)",
      "Ob die Zertifikate gesperrt sind, wurde nicht geprüft: Sperrlisten fehlen",
      "Whether the certificates are revoked was not checked: there are no CRLs"),
  LIST_SIGNATURE(
      "status.list-signature",
      "TR-03116-4 Table 29, Table 31",
      "Eine Sperrliste ist mit einem unzulässigen Verfahren signiert",
      "A CRL is signed by an algorithm that is not allowed"),
  PURPOSE_KEY_USAGE(
      "purpose.key-usage",
      "RFC 5280 §4.2.1.3",
      "keyUsage erlaubt diesen Zweck nicht",
      "keyUsage doesn't allow this purpose"),
  PURPOSE_EXTENDED(
      "purpose.extended-key-usage",
      "RFC 5280 §4.2.1.12",
      "extKeyUsage erlaubt diesen Zweck nicht",
      "extKeyUsage doesn't allow this purpose"),
  PURPOSE_AUTHORITY(
      "purpose.authority",
      "TR-03116-4 §6.1.2",
      "Ein Zertifikat einer Zertifizierungsstelle dient keinem anderen Zweck",
      "An authority's certificate serves no other purpose"),
  NAME(
      "name.mismatch",
      "RFC 9525 §6; RFC 8550 §3; RFC 9598 §5",
      "Das Zertifikat nennt den gesuchten Namen nicht",
      "The certificate doesn't have the wanted name");

  private final String id;
  private final String clause;
  private final String german;
  private final String english;

  PathReason(String id, String clause, String german, String english) {
    this.id = id;
    this.clause = clause;
    this.german = german;
    this.english = english;
  }

  String id() {
    return id;
  }

  /** A fault of the path as a whole. */
  PathFault fault(String detail) {
    return fault(OptionalInt.empty(), detail);
  }

  /** A fault of the certificate in that place. */
  PathFault at(int position, String detail) {
    return fault(position < 0 ? OptionalInt.empty() : OptionalInt.of(position), detail);
  }

  private PathFault fault(OptionalInt position, String detail) {
    String bare = detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    String rest = bare.isEmpty() ? "." : " (" + Words.safe(bare) + ").";
    return new PathFault(id, clause, position, german + rest, english + rest);
  }
}
