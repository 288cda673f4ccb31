package de.kreissiegel.ca.takeover;

import java.util.Locale;

/** What is odd about something that a foreign authority left. */
public enum Remark {
  /** No certificate in PEM, DER or PKCS#7. */
  UNREADABLE(false, "kein lesbares Zertifikat", "no certificate that can be read"),
  /** Another authority's. */
  FOREIGN(
      false,
      "nicht von dieser Stelle ausgestellt oder die Signatur stimmt nicht",
      "not issued by this authority, or its signature doesn't hold"),
  /** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
  SERIAL(
      false,
      "Seriennummer nicht positiv oder länger als 20 Oktette",
      "serial number not positive or longer than 20 octets"),
  /** Two certificates of one serial number: no status could tell them apart. */
  SERIAL_TWICE(
      false,
      "ein anderes Zertifikat hat dieselbe Seriennummer",
      "another certificate has the same serial number"),
  /** It came in by its number before; what is stored never changes. */
  BY_SERIAL_BEFORE(
      false,
      "schon früher allein mit der Seriennummer übernommen; das bleibt so",
      "taken in before by its serial number alone; that stays"),
  /** The same of an entry of a list: nobody can be told of it. */
  ENTRY_SERIAL(
      false,
      "Sperrlisteneintrag mit ungültiger Seriennummer",
      "an entry of a CRL with a bad serial number"),
  /** A line of index.txt that is none. */
  INDEX_LINE(false, "Zeile von index.txt nicht lesbar", "a line of index.txt that can't be read"),
  /** Of openssl's index, in no file. */
  MISSING(
      false,
      "steht in index.txt, das Zertifikat selbst fehlt",
      "stands in index.txt, the certificate itself is missing"),
  /** Revoked, and not at hand: its number is listed all the same. */
  BY_SERIAL(
      true,
      "gesperrt, das Zertifikat selbst fehlt: die Seriennummer bleibt auf der Sperrliste",
      "revoked, the certificate itself is missing: its number stays on the CRL"),
  /** RSA below 2048 bits, EC below 224. */
  WEAK_KEY(true, "schwacher Schlüssel", "a weak key"),
  /** MD5 or SHA-1. */
  WEAK_SIGNATURE(true, "mit MD5 oder SHA-1 signiert", "signed with MD5 or SHA-1"),
  /** Without a subjectKeyIdentifier it is not found by it. */
  NO_KEY_IDENTIFIER(true, "ohne subjectKeyIdentifier", "without a subjectKeyIdentifier"),
  /** A CRLReason that RFC 5280 §5.3.1 doesn't have. */
  REASON(true, "unbekannter Sperrgrund, als unspecified", "an unknown reason, as unspecified"),
  /** Nobody says whose it is. */
  NO_TENANT(
      true,
      "keiner Verwaltung zuzuordnen, dem Landkreis zugeordnet",
      "of no administration that a rule names; the district's");

  private final boolean taken;
  private final String german;
  private final String english;

  Remark(boolean taken, String german, String english) {
    this.taken = taken;
    this.german = german;
    this.english = english;
  }

  /** Whether it was taken in all the same. */
  public boolean isTaken() {
    return taken;
  }

  /** A sentence's beginning, for people. */
  public String sentence(Locale language) {
    return language.getLanguage().equals("de") ? german : english;
  }
}
