package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.dns;
import static de.kreissiegel.ca.lint.LintCases.ia5;
import static de.kreissiegel.ca.lint.LintCases.mail;
import static de.kreissiegel.ca.lint.LintCases.names;
import static de.kreissiegel.ca.lint.LintCases.uri;
import static de.kreissiegel.ca.lint.LintCases.utf8;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;

/** Of {@link AlternativeNameLints}. */
final class AlternativeNameCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial SERVER = Trial.of("tls-server");

  private AlternativeNameCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "rfc5280.names-empty",
        MAIL,
        tbs -> tbs.withExtension(Oids.SUBJECT_ALT_NAME, false, new DERSequence()),
        names(mail("a@stadt-a.example"), uri("")));
    cases.edited(
        "rfc5280.names-critical", MAIL, tbs -> tbs.withCritical(Oids.SUBJECT_ALT_NAME, true));
    cases.edited(
        "rfc5280.dns-name",
        SERVER,
        names(dns("host_1.stadt-a.example")),
        names(dns("host..stadt-a.example")),
        names(dns("-host.stadt-a.example")),
        names(dns("host-.stadt-a.example")),
        names(dns("host.stadt-a.example.")),
        names(dns(" ")),
        names(dns("192.0.2.1")),
        names(dns("ho--st.stadt-a.example")),
        names(dns("a".repeat(64) + ".stadt-a.example")),
        names(dns("a.".repeat(130) + "example")));
    cases.edited(
        "rfc5280.mail-name",
        MAIL,
        names(mail("Anna Amsel <a@stadt-a.example>")),
        names(mail("anna")),
        names(mail("@stadt-a.example")),
        names(mail("anna@")),
        names(mail("anna..amsel@stadt-a.example")),
        names(mail(".anna@stadt-a.example")),
        names(mail("\"anna amsel\"@stadt-a.example")),
        names(mail("a".repeat(65) + "@stadt-a.example")));
    mailboxes(cases);
    cases.edited(
        "rfc5280.uri-name",
        MAIL,
        names(mail("a@stadt-a.example"), uri("stadt-a.example/anna")),
        names(mail("a@stadt-a.example"), uri("http://")),
        names(mail("a@stadt-a.example"), uri("http://ein host/")),
        names(mail("a@stadt-a.example"), uri("http://host_1.example/")));
    cases.edited(
        "rfc5280.ip-name",
        SERVER,
        names(dns("host.stadt-a.example"), ip(5)),
        names(dns("host.stadt-a.example"), ip(8)));
    cases.edited(
        "house.name-forms",
        MAIL,
        names(mail("a@stadt-a.example"), other("1.2.3", utf8("x"))),
        names(mail("a@stadt-a.example"), other(Oids.UPN, ia5("a@stadt-a.example"))),
        names(mail("a@stadt-a.example"), other(Oids.UPN, utf8("anna"))),
        names(
            mail("a@stadt-a.example"),
            new GeneralName(GeneralName.registeredID, new ASN1ObjectIdentifier("1.2.3"))),
        names(
            mail("a@stadt-a.example"),
            new GeneralName(new org.bouncycastle.asn1.x500.X500Name("CN=Anna"))));
    cases.edited(
        "house.names-duplicate", MAIL, names(mail("a@stadt-a.example"), mail("a@stadt-a.example")));
  }

  private static void mailboxes(LintCases cases) {
    Trial international =
        MAIL.edit(names(other(Oids.SMTP_UTF8_MAILBOX, utf8("bürger@stadt-a.example"))));
    cases.edited(
        "rfc9598.mailbox",
        international,
        names(other(Oids.SMTP_UTF8_MAILBOX, utf8("buerger@stadt-a.example"))),
        names(other(Oids.SMTP_UTF8_MAILBOX, ia5("buerger@stadt-a.example"))),
        names(other(Oids.SMTP_UTF8_MAILBOX, utf8("\ufeffbürger@stadt-a.example"))),
        names(other(Oids.SMTP_UTF8_MAILBOX, utf8("bürger@städt-a.example"))));
  }

  static GeneralName other(String type, ASN1Encodable value) {
    return new GeneralName(
        GeneralName.otherName, new OtherName(new ASN1ObjectIdentifier(type), value));
  }

  private static GeneralName ip(int octets) {
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[octets]));
  }
}
