package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.commonName;
import static de.kreissiegel.ca.lint.LintCases.mail;
import static de.kreissiegel.ca.lint.LintCases.names;
import static de.kreissiegel.ca.lint.LintCases.printable;
import static de.kreissiegel.ca.lint.LintCases.utf8;

/** Of {@link PrivacyLints}. All numbers are invented or the samples of their standards. */
final class PrivacyCases {
  private static final Trial PERSON = Trial.of("smime");

  private PrivacyCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "privacy.birth-date",
        // The day of an election is nobody's birthday.
        PERSON.edit(commonName("Wahlamt 27.09.2026")),
        commonName("Anna Amsel 3.2.1980"),
        commonName("Anna Amsel (1980-02-03)"),
        commonName("Anna Amsel 19800203"),
        names(mail("anna.03-02-1980@stadt-a.example")));
    cases.edited(
        "privacy.personal-attribute",
        PERSON,
        tbs -> tbs.withAttribute("1.3.6.1.5.5.7.9.3", printable("F")),
        tbs ->
            tbs.withExtension(
                Oids.SUBJECT_DIRECTORY_ATTRIBUTES,
                false,
                ExtensionCases.attributes("1.3.6.1.5.5.7.9.1")));
    cases.edited(
        "privacy.staff-number",
        PERSON.edit(commonName("Personalamt Zimmer 12")),
        commonName("Anna Amsel Pers.-Nr. 4711"),
        commonName("Anna Amsel, Personalnummer: 4711"),
        tbs -> tbs.withAttribute(Oids.SERIAL_NUMBER, printable("00004711")),
        tbs -> tbs.withAttribute("2.16.840.1.113730.3.1.3", utf8("4711")));
    cases.edited(
        "privacy.address",
        PERSON.edit(commonName("Gerät 4d297bd5-44dd-4c22-a5f0-457721726103, Platz 3")),
        commonName("Anna Amsel, 12345 Musterstadt"),
        commonName("Anna Amsel, Hauptstraße 7a"),
        commonName("Anna Amsel, Am Mühlenweg 12"),
        commonName("Anna Amsel 0931 / 1234567"),
        tbs -> tbs.withAttribute("2.5.4.9", utf8("Hauptstraße 7")),
        tbs -> tbs.withAttribute("2.5.4.17", utf8("12345")));
    cases.edited(
        "privacy.identity-number",
        PERSON,
        commonName("Anna Amsel T220001293"), // a sample of the Federal Ministry: T22000129, check 3
        commonName("Anna Amsel L01X00T47"),
        commonName("Anna Amsel 86095742719"), // a sample of the Federal Central Tax Office
        tbs -> tbs.withAttribute(Oids.SERIAL_NUMBER, printable("IDCDE-T22000129")),
        tbs -> tbs.withAttribute(Oids.SERIAL_NUMBER, printable("T220001293")));
  }
}
