package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** What a certificate says of people no more than it must: DSGVO Art. 5 (1) c. */
final class PrivacyLints {
  /** dateOfBirth, placeOfBirth, gender, countryOfCitizenship, countryOfResidence (RFC 3739). */
  private static final Set<String> PERSONAL =
      Set.of(
          "1.3.6.1.5.5.7.9.1",
          "1.3.6.1.5.5.7.9.2",
          "1.3.6.1.5.5.7.9.3",
          "1.3.6.1.5.5.7.9.4",
          "1.3.6.1.5.5.7.9.5");

  /**
   * street, postalAddress, postalCode, postOfficeBox, physicalDeliveryOfficeName, home…, phones.
   */
  private static final Set<String> ADDRESS =
      Set.of(
          "2.5.4.9",
          "2.5.4.16",
          "2.5.4.17",
          "2.5.4.18",
          "2.5.4.19",
          "2.5.4.20",
          "0.9.2342.19200300.100.1.20",
          "0.9.2342.19200300.100.1.39",
          "0.9.2342.19200300.100.1.41");

  private static final Set<String> STAFF =
      Set.of("2.16.840.1.113730.3.1.3", "0.9.2342.19200300.100.1.1"); // employeeNumber, uid

  private PrivacyLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "privacy.birth-date",
            "DSGVO Art. 5 Abs. 1 c",
            "Kein Name enthält ein Geburtsdatum.",
            "No name holds a date of birth.",
            (it, report) -> {
              int year = it.certificate().notBefore().at().atOffset(ZoneOffset.UTC).getYear();
              texts(it, report, text -> NumberForms.hasBirthDate(text, year));
            }),
        error(
            "privacy.personal-attribute",
            "DSGVO Art. 5 Abs. 1 c, RFC 3739 §3.2.2",
            "Es stehen keine Angaben zu Geburt, Geschlecht und Staatsangehörigkeit da.",
            "Nothing is said of birth, gender and citizenship.",
            (it, report) -> {
              attributes(it, report, PERSONAL);
              it.extensions().directoryAttributes().stream()
                  .filter(PERSONAL::contains)
                  .forEach(report::broken);
            }),
        error(
            "privacy.staff-number",
            "DSGVO Art. 5 Abs. 1 c",
            "Kein Name enthält eine Personalnummer oder Anmeldekennung.",
            "No name holds a staff number or a log-in name.",
            PrivacyLints::staffNumber),
        error(
            "privacy.address",
            "DSGVO Art. 5 Abs. 1 c",
            "Kein Name enthält eine Anschrift oder Telefonnummer.",
            "No name holds a postal address or a phone number.",
            (it, report) -> {
              attributes(it, report, ADDRESS);
              texts(it, report, NumberForms::hasAddress);
            }),
        error(
            "privacy.identity-number",
            "PAuswG §20, AO §139b, ETSI EN 319 412-1 §5.1.3",
            "Kein Name enthält eine Ausweis-, Pass- oder Steuernummer.",
            "No name holds the number of an identity card, a passport or a tax payer.",
            PrivacyLints::identityNumber));
  }

  private static void attributes(Case it, Report report, Set<String> types) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      report.require(!types.contains(attribute.type()), attribute.type());
    }
  }

  /** The texts of the subject that people write, and of its mail addresses. */
  private static void texts(Case it, Report report, Predicate<String> bad) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      if (!attribute.is(Oids.SERIAL_NUMBER)
          && NumberForms.hasDigit(attribute.text())
          && bad.test(NumberForms.withoutUuids(attribute.text()))) {
        report.broken(attribute.type());
      }
    }
    for (ReadGeneralName name : it.extensions().names()) {
      if ((name.form() == ReadGeneralName.MAIL || name.form() == ReadGeneralName.OTHER)
          && NumberForms.hasDigit(name.text())
          && bad.test(NumberForms.withoutUuids(name.text()))) {
        report.broken("subjectAltName");
      }
    }
  }

  private static void staffNumber(Case it, Report report) {
    attributes(it, report, STAFF);
    texts(it, report, NumberForms::hasStaffNumber);
    for (String number : it.subject().all(Oids.SERIAL_NUMBER)) {
      report.require(!NumberForms.isShortNumber(number), "serialNumber");
    }
  }

  private static void identityNumber(Case it, Report report) {
    texts(it, report, NumberForms::hasIdentityNumber);
    for (String number : it.subject().all(Oids.SERIAL_NUMBER)) {
      String upper = number.toUpperCase(Locale.ROOT);
      report.require(
          !NumberForms.hasIdentityNumber(upper) && !NumberForms.isSemantic(upper), "serialNumber");
    }
  }
}
