package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.util.List;
import java.util.function.Predicate;

/** subjectAltName: RFC 5280 §4.2.1.6, RFC 9598, RFC 9525. */
final class AlternativeNameLints {
  private AlternativeNameLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "rfc5280.names-empty",
            "RFC 5280 §4.2.1.6",
            "subjectAltName hat mindestens einen Namen, und keiner ist leer.",
            "subjectAltName has at least one name, and none is empty.",
            (it, report) ->
                report.require(
                    !it.extensions().has(Oids.SUBJECT_ALT_NAME)
                        || !it.extensions().names().isEmpty()
                            && it.extensions().names().stream()
                                .allMatch(name -> name.length() > 0))),
        error(
            "rfc5280.names-critical",
            "RFC 5280 §4.2.1.6",
            "Neben einem Subject-Namen ist subjectAltName nicht kritisch.",
            "Beside a subject's name subjectAltName is not critical.",
            (it, report) ->
                report.require(
                    it.subject().isEmpty() || !it.extensions().isCritical(Oids.SUBJECT_ALT_NAME))),
        error(
            "rfc5280.dns-name",
            "RFC 5280 §4.2.1.6, RFC 1034 §3.5, RFC 5890 §2.3.2.1",
            "Jeder dNSName ist ein Hostname aus Buchstaben, Ziffern und Bindestrichen, "
                + "Umlaute als xn--.",
            "Each dNSName is a host name of letters, digits and hyphens, others as xn--.",
            (it, report) ->
                each(
                    it,
                    report,
                    ReadGeneralName.DNS,
                    // Wildcards have a lint of their own.
                    name ->
                        NameForms.isHostName(name.startsWith("*.") ? name.substring(2) : name))),
        error(
            "rfc5280.mail-name",
            "RFC 5280 §4.2.1.6, RFC 5321 §4.1.2",
            "Jeder rfc822Name ist eine bloße Mailadresse in ASCII.",
            "Each rfc822Name is a bare mail address in ASCII.",
            (it, report) -> each(it, report, ReadGeneralName.MAIL, NameForms::isMailbox)),
        error(
            "rfc9598.mailbox",
            "RFC 9598 §3",
            "SmtpUTF8Mailbox ist UTF8String, und ihr lokaler Teil ist nicht nur ASCII.",
            "SmtpUTF8Mailbox is a UTF8String, and its local part is not only ASCII.",
            AlternativeNameLints::internationalMailbox),
        error(
            "rfc5280.uri-name",
            "RFC 5280 §4.2.1.6, RFC 3986 §3",
            "Jede URI ist absolut, in ASCII, und ihr Host ist ein Hostname oder eine Adresse.",
            "Each URI is absolute, in ASCII, and its host is a host name or an address.",
            (it, report) -> each(it, report, ReadGeneralName.URI, NameForms::isUri)),
        error(
            "rfc5280.ip-name",
            "RFC 5280 §4.2.1.6",
            "Jede IP-Adresse hat 4 oder 16 Oktette.",
            "Each IP address has 4 or 16 octets.",
            (it, report) -> {
              for (ReadGeneralName name : it.extensions().names()) {
                report.require(
                    name.form() != ReadGeneralName.IP || name.length() == 4 || name.length() == 16);
              }
            }),
        error(
            "house.name-forms",
            "docs/lints.md",
            "subjectAltName hat nur Formen, die wir vergeben: Mail, DNS, URI, IP, UPN, "
                + "SmtpUTF8Mailbox.",
            "subjectAltName has only forms that we give: mail, DNS, URI, IP, UPN, "
                + "SmtpUTF8Mailbox.",
            AlternativeNameLints::forms),
        error(
            "house.names-duplicate",
            "docs/lints.md",
            "Kein Name steht zweimal im subjectAltName.",
            "No name stands twice in subjectAltName.",
            (it, report) ->
                report.require(
                    it.extensions().names().stream()
                            .map(name -> name.form() + name.type() + name.text())
                            .distinct()
                            .count()
                        == it.extensions().names().size())));
  }

  private static void each(Case it, Report report, int form, Predicate<String> right) {
    for (ReadGeneralName name : it.extensions().names()) {
      if (name.form() == form && !right.test(name.text())) {
        report.broken(name.text());
      }
    }
  }

  private static void internationalMailbox(Case it, Report report) {
    for (ReadGeneralName name : it.extensions().names()) {
      if (name.form() == ReadGeneralName.OTHER && name.type().equals(Oids.SMTP_UTF8_MAILBOX)) {
        int at = name.text().lastIndexOf('@');
        report.require(
            name.tag() == Der.UTF8_STRING
                && at > 0
                && name.text().substring(0, at).chars().anyMatch(c -> c > 0x7f)
                && name.text().chars().noneMatch(c -> c == '\ufeff' || c <= ' ')
                && NameForms.isDomainName(name.text().substring(at + 1)),
            name.text());
      }
    }
  }

  private static void forms(Case it, Report report) {
    for (ReadGeneralName name : it.extensions().names()) {
      boolean known =
          switch (name.form()) {
            case ReadGeneralName.MAIL,
                ReadGeneralName.DNS,
                ReadGeneralName.URI,
                ReadGeneralName.IP ->
                true;
            case ReadGeneralName.OTHER ->
                name.type().equals(Oids.SMTP_UTF8_MAILBOX)
                    || name.type().equals(Oids.UPN)
                        && name.tag() == Der.UTF8_STRING
                        && name.text().indexOf('@') > 0;
            default -> false;
          };
      report.require(known, name.type().isEmpty() ? "[" + name.form() + "]" : name.type());
    }
  }
}
