package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.dns;
import static de.kreissiegel.ca.lint.LintCases.keyUsage;
import static de.kreissiegel.ca.lint.LintCases.mail;
import static de.kreissiegel.ca.lint.LintCases.names;
import static de.kreissiegel.ca.lint.LintCases.oids;
import static de.kreissiegel.ca.lint.LintCases.uri;
import static de.kreissiegel.ca.lint.LintCases.utf8;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;

/** Of {@link UsageLints} and {@link SmimeLints}. */
final class UsageCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial SERVER = Trial.of("tls-server");
  private static final Trial VPN = Trial.of("vpn-client");
  private static final Trial SIGNATURE = Trial.of("signature");
  private static final Trial RESPONDER = Trial.of("ocsp-responder-people");

  private UsageCases() {}

  static void add(LintCases cases) {
    keyUsages(cases);
    extended(cases);
    smime(cases);
  }

  private static UnaryOperator<Tbs> usage(int bits) {
    return tbs -> tbs.withExtension(Oids.KEY_USAGE, true, keyUsage(bits));
  }

  private static UnaryOperator<Tbs> extended(String... usages) {
    return tbs -> tbs.withExtension(Oids.EXT_KEY_USAGE, false, oids(List.of(usages)));
  }

  private static void keyUsages(LintCases cases) {
    cases.edited("rfc5280.key-usage-empty", MAIL, usage(0));
    cases.edited(
        "rfc5280.key-usage-ca",
        VPN,
        usage(UsageLints.DIGITAL_SIGNATURE | UsageLints.KEY_CERT_SIGN),
        usage(UsageLints.DIGITAL_SIGNATURE | UsageLints.CRL_SIGN));
    cases.edited(
        "rfc5280.key-usage-only",
        MAIL,
        usage(UsageLints.ENCIPHER_ONLY),
        usage(UsageLints.KEY_AGREEMENT | UsageLints.ENCIPHER_ONLY | UsageLints.DECIPHER_ONLY));
    cases.edited("rfc5280.key-usage-key", MAIL, usage(UsageLints.KEY_ENCIPHERMENT));
    cases.edited(
        "rfc5280.key-usage-key",
        Trial.of("smime", SampleKeys.RSA),
        usage(UsageLints.KEY_AGREEMENT));
  }

  private static void extended(LintCases cases) {
    cases.edited(
        "rfc5280.extended-key-usage-empty",
        VPN,
        tbs -> tbs.withExtension(Oids.EXT_KEY_USAGE, false, new DERSequence()),
        extended(Oids.CLIENT_AUTH, Oids.CLIENT_AUTH));
    cases.edited(
        "rfc5280.usages-consistent",
        VPN,
        usage(UsageLints.NON_REPUDIATION),
        extended(Oids.EMAIL_PROTECTION, Oids.CODE_SIGNING).andThen(usage(UsageLints.KEY_AGREEMENT))
            ::apply);
    Trial stamps =
        VPN.usages(UsageLints.DIGITAL_SIGNATURE, Set.of(Oids.TIME_STAMPING))
            .edit(tbs -> tbs.withCritical(Oids.EXT_KEY_USAGE, true));
    cases.edited(
        "rfc3161.time-stamping",
        stamps,
        tbs -> tbs.withCritical(Oids.EXT_KEY_USAGE, false),
        tbs ->
            tbs.withExtension(
                Oids.EXT_KEY_USAGE, true, oids(List.of(Oids.TIME_STAMPING, Oids.CLIENT_AUTH))));
    cases.edited(
        "rfc6960.nocheck",
        RESPONDER,
        tbs -> tbs.withoutExtension(Oids.OCSP_NOCHECK),
        extended(Oids.DOCUMENT_SIGNING));
    cases.edited(
        "rfc6960.nocheck",
        SERVER,
        tbs -> tbs.withExtension(Oids.OCSP_NOCHECK, false, DERNull.INSTANCE));
    cases.edited(
        "rfc4945.ike",
        VPN,
        tbs -> tbs.withoutExtension(Oids.SUBJECT_ALT_NAME),
        usage(UsageLints.DIGITAL_SIGNATURE | UsageLints.KEY_AGREEMENT));
    cases.edited(
        "rfc9336.document-signing", SIGNATURE, extended(Oids.DOCUMENT_SIGNING, Oids.ANY_USAGE));
    Trial logOn =
        VPN.usages(UsageLints.DIGITAL_SIGNATURE, Set.of(Oids.CLIENT_AUTH, Oids.SMARTCARD_LOGON))
            .edit(names(AlternativeNameCases.other(Oids.UPN, utf8("anna.amsel@stadt-a.example"))));
    cases.edited("ms.logon", logOn, names(mail("anna.amsel@stadt-a.example")));
  }

  private static void smime(LintCases cases) {
    cases.edited(
        "smime.usages",
        MAIL,
        extended(Oids.EMAIL_PROTECTION, Oids.ANY_USAGE),
        extended(Oids.EMAIL_PROTECTION, Oids.SERVER_AUTH));
    cases.edited("smime.mailbox", MAIL, names(uri("urn:uuid:7")));
    cases.edited("smime.mailbox-missing", SIGNATURE, names(uri("urn:uuid:7")));
    cases.edited(
        "smime.key-usage",
        MAIL,
        usage(UsageLints.KEY_AGREEMENT | UsageLints.DIGITAL_SIGNATURE),
        usage(UsageLints.KEY_ENCIPHERMENT));
    cases.edited("smime.key-usage", SIGNATURE, usage(UsageLints.CRL_SIGN));
    cases.edited("smime.name-mail", MAIL, LintCases.commonName("another@stadt-a.example"));
    cases.edited(
        "smime.validity",
        MAIL,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("261122080000Z", "290301080000Z")));
    cases.edited(
        "smime.capabilities",
        MAIL.edit(tbs -> tbs.withExtension(Oids.SMIME_CAPABILITIES, false, capability(GCM))),
        tbs -> tbs.withExtension(Oids.SMIME_CAPABILITIES, false, capability(TRIPLE_DES)));
    cases.edited("house.dns-name", SERVER, names(uri("urn:uuid:7")));
    cases.edited(
        "bsi.wildcard",
        SERVER,
        names(dns("*.stadt-a.example")),
        LintCases.commonName("*.stadt-a.example"));
  }

  private static final String GCM = "2.16.840.1.101.3.4.1.46";
  private static final String TRIPLE_DES = "1.2.840.113549.3.7";

  private static DERSequence capability(String oid) {
    return new DERSequence(new DERSequence(new org.bouncycastle.asn1.ASN1ObjectIdentifier(oid)));
  }
}
