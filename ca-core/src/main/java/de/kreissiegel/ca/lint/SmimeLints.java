package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** S/MIME: RFC 8550, TR-02103 ch. 6, and as hygiene the CA/Browser Forum's S/MIME BR 1.0.10. */
final class SmimeLints {
  private static final Duration LONGEST = Duration.ofDays(825);

  /** RC2, DES, Triple-DES, IDEA: not to be wished for any more (RFC 8551 §2.7). */
  private static final Set<String> WEAK =
      Set.of(
          "1.2.840.113549.3.2",
          "1.2.840.113549.3.4",
          "1.2.840.113549.3.7",
          "1.3.14.3.2.7",
          "1.3.6.1.4.1.188.7.1.1.2");

  private SmimeLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "smime.usages",
            "S/MIME BR §7.1.2.3 f",
            "emailProtection steht nicht neben serverAuth, codeSigning, timeStamping, OCSPSigning "
                + "oder irgendeinem Zweck.",
            "emailProtection doesn't stand beside serverAuth, codeSigning, timeStamping, "
                + "OCSPSigning or any purpose.",
            (it, report) -> {
              if (isMail(it)) {
                it.extensions().usages().stream()
                    .filter(UsageLints.NOT_BESIDE_MAIL::contains)
                    .forEach(report::broken);
              }
            }),
        error(
            "smime.mailbox",
            "RFC 8550 §3, TR-02103 Kap. 6",
            "Wo das Profil eine Mailadresse verlangt, steht sie im subjectAltName.",
            "Where the profile asks for a mail address, it stands in subjectAltName.",
            (it, report) ->
                report.require(
                    !it.context().order().map(LintContext.Order::mail).orElse(false)
                        || hasMailbox(it))),
        warning(
            "smime.mailbox-missing",
            "S/MIME BR §7.1.4.2.1",
            "Ein Zertifikat für emailProtection nennt eine Mailadresse.",
            "A certificate for emailProtection names a mail address.",
            (it, report) -> report.require(!isMail(it) || hasMailbox(it))),
        error(
            "smime.key-usage",
            "S/MIME BR §7.1.2.3 e, RFC 8550 §4.4.2",
            "Der Schlüssel signiert (digitalSignature, nonRepudiation) oder empfängt "
                + "(keyEncipherment bei RSA, keyAgreement bei EC), nicht beides.",
            "The key signs (digitalSignature, nonRepudiation) or receives (keyEncipherment for "
                + "RSA, keyAgreement for EC), not both.",
            SmimeLints::keyUsage),
        error(
            "smime.name-mail",
            "S/MIME BR §7.1.4.2.2",
            "Eine Mailadresse im CN steht auch im subjectAltName.",
            "A mail address in the CN stands in subjectAltName, too.",
            (it, report) -> {
              for (String name : it.subject().all(Oids.CN)) {
                report.require(name.indexOf('@') < 0 || mailboxes(it).contains(lower(name)), name);
              }
            }),
        warning(
            "smime.validity",
            "S/MIME BR §6.3.2",
            "Zertifikate für Mail gelten höchstens 825 Tage.",
            "Certificates for mail are valid for at most 825 days.",
            (it, report) ->
                report.require(
                    !isMail(it)
                        || Duration.between(
                                    it.certificate().notBefore().at(),
                                    it.certificate().notAfter().at())
                                .compareTo(LONGEST)
                            <= 0)),
        error(
            "smime.capabilities",
            "RFC 8551 §2.7, TR-03116-4 §4",
            "SMIMECapabilities bietet keine veralteten Verfahren an.",
            "SMIMECapabilities offers no outdated algorithms.",
            (it, report) ->
                it.extensions().capabilities().stream()
                    .filter(WEAK::contains)
                    .forEach(report::broken)));
  }

  static boolean isMail(Case it) {
    return it.hasUsage(Oids.EMAIL_PROTECTION);
  }

  private static boolean hasMailbox(Case it) {
    return !mailboxes(it).isEmpty();
  }

  private static List<String> mailboxes(Case it) {
    return it.extensions().names().stream()
        .filter(
            name ->
                name.form() == ReadGeneralName.MAIL || name.type().equals(Oids.SMTP_UTF8_MAILBOX))
        .map(name -> lower(name.text()))
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void keyUsage(Case it, Report report) {
    int bits = UsageLints.usage(it);
    if (isMail(it) && bits != 0) {
      boolean signs = (bits & UsageLints.SIGNING) != 0;
      boolean receives = (bits & UsageLints.ENCRYPTING) != 0;
      int fitting = it.key().isRsa() ? UsageLints.KEY_ENCIPHERMENT : UsageLints.KEY_AGREEMENT;
      report.require(
          signs != receives
              && (!receives || !it.key().isRsa() && !it.key().isEc() || (bits & fitting) != 0));
    }
  }
}
