package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Distinguished names: RFC 5280 §4.1.2.4, §4.1.2.6 and A.1. */
final class NameLints {
  /** Upper bounds in characters (RFC 5280 A.1), and those of X.520 that it names. */
  private static final Map<String, Integer> LONGEST =
      Map.ofEntries(
          Map.entry(Oids.C, 2),
          Map.entry(Oids.O, 64),
          Map.entry("2.5.4.11", 64), // organizationalUnitName
          Map.entry(Oids.CN, 64),
          Map.entry(Oids.SERIAL_NUMBER, 64),
          Map.entry("2.5.4.4", 64), // surname
          Map.entry("2.5.4.42", 64), // givenName
          Map.entry("2.5.4.12", 64), // title
          Map.entry("2.5.4.7", 128), // localityName
          Map.entry("2.5.4.8", 128), // stateOrProvinceName
          Map.entry("2.5.4.65", 128)); // pseudonym

  private static final Set<String> PRINTABLE =
      Set.of(Oids.C, Oids.SERIAL_NUMBER, Oids.DN_QUALIFIER);
  private static final Set<String> IA5 = Set.of(Oids.DC, Oids.EMAIL);

  private NameLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "rfc5280.issuer-empty",
            "RFC 5280 §4.1.2.4",
            "Der Aussteller hat einen Namen.",
            "The issuer has a name.",
            (it, report) -> report.require(!it.certificate().issuer().isEmpty())),
        error(
            "rfc5280.issuer-equal",
            "RFC 5280 §4.1.2.4, TR-02103 §2.2.4",
            "Der Aussteller ist Oktett für Oktett der Name aus dem CA-Zertifikat.",
            "The issuer is the name of the CA's certificate, octet by octet.",
            (it, report) ->
                it.context()
                    .issuer()
                    .ifPresent(
                        issuer ->
                            report.require(
                                java.util.Arrays.equals(
                                    it.certificate().issuer().encoded(),
                                    issuer.name().toArray())))),
        error(
            "rfc5280.subject-empty",
            "RFC 5280 §4.1.2.6",
            "Ein leerer Subject-Name verlangt einen kritischen subjectAltName.",
            "An empty subject needs a critical subjectAltName.",
            (it, report) ->
                report.require(
                    !it.subject().isEmpty()
                        || it.extensions().isCritical(Oids.SUBJECT_ALT_NAME)
                            && !it.extensions().names().isEmpty())),
        error(
            "rfc5280.name-encoding",
            "RFC 5280 §4.1.2.4, A.1, TR-02103 §2.2",
            "Namen sind PrintableString oder UTF8String; C und serialNumber PrintableString, "
                + "DC und emailAddress IA5String.",
            "Names are PrintableString or UTF8String; C and serialNumber PrintableString, DC and "
                + "emailAddress IA5String.",
            NameLints::encoding),
        error(
            "rfc5280.name-characters",
            "RFC 5280 A.1, X.680 §41.4",
            "Ein PrintableString hat nur dessen Zeichen, ein IA5String nur ASCII.",
            "A PrintableString has its characters only, an IA5String ASCII only.",
            NameLints::characters),
        error(
            "rfc5280.name-length",
            "RFC 5280 A.1",
            "Jedes Namensattribut hat mindestens ein Zeichen und höchstens so viele wie erlaubt.",
            "Each attribute of a name has at least one character and at most as many as allowed.",
            NameLints::length),
        error(
            "rfc5280.name-country",
            "RFC 5280 A.1, ISO 3166-1",
            "Das Land sind zwei Großbuchstaben.",
            "The country is two capital letters.",
            (it, report) ->
                it.subject()
                    .all(Oids.C)
                    .forEach(country -> report.require(country.matches("[A-Z]{2}"), country))),
        error(
            "rfc5280.name-mail",
            "RFC 5280 §4.1.2.6",
            "Eine Mailadresse steht im subjectAltName, nicht als emailAddress im Namen.",
            "A mail address stands in subjectAltName, not in the name as emailAddress.",
            (it, report) -> report.require(it.subject().all(Oids.EMAIL).isEmpty())),
        error(
            "house.name-attributes",
            "docs/lints.md",
            "Der Name hat nur Attribute, die wir vergeben, jedes für sich und keines doppelt.",
            "The name has only attributes that we give, each on its own and none twice.",
            NameLints::attributes),
        error(
            "house.name-text",
            "RFC 5280 §7.1, Unicode UAX #15",
            "Namen sind in NFC, ohne Rand- und Steuerzeichen und ohne unsichtbare Zeichen.",
            "Names are in NFC, without blanks around them, controls or invisible characters.",
            NameLints::text));
  }

  private static void encoding(Case it, Report report) {
    encoding(it.subject(), report);
    encoding(it.certificate().issuer(), report);
  }

  private static void encoding(ReadName name, Report report) {
    for (ReadName.Attribute attribute : name.attributes()) {
      boolean right =
          PRINTABLE.contains(attribute.type())
              ? attribute.tag() == Der.PRINTABLE_STRING
              : IA5.contains(attribute.type())
                  ? attribute.tag() == Der.IA5_STRING
                  : attribute.tag() == Der.PRINTABLE_STRING || attribute.tag() == Der.UTF8_STRING;
      report.require(right, attribute.type());
    }
  }

  private static void characters(Case it, Report report) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      boolean right =
          switch (attribute.tag()) {
            case Der.PRINTABLE_STRING -> attribute.text().chars().allMatch(NameLints::isPrintable);
            case Der.IA5_STRING -> attribute.text().chars().allMatch(c -> c < 0x80);
            default -> true;
          };
      report.require(right, attribute.type());
    }
  }

  private static boolean isPrintable(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || " '()+,-./:=?".indexOf(c) >= 0;
  }

  private static void length(Case it, Report report) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      int length = attribute.text().codePointCount(0, attribute.text().length());
      int longest = LONGEST.getOrDefault(attribute.type(), 128);
      report.require(length >= 1 && length <= longest, attribute.type());
    }
  }

  private static void attributes(Case it, Report report) {
    report.require(!it.subject().multiValued(), "RDN");
    Set<String> seen = new HashSet<>();
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      report.require(
          LONGEST.containsKey(attribute.type()) && seen.add(attribute.type()), attribute.type());
    }
  }

  private static void text(Case it, Report report) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      String text = attribute.text();
      if (text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
        continue;
      }
      report.require(
          text.equals(text.strip())
              && Normalizer.isNormalized(text, Normalizer.Form.NFC)
              && text.codePoints().noneMatch(NameLints::isInvisible),
          attribute.type());
    }
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> Character.isSpaceChar(c) && c != ' ';
    };
  }
}
