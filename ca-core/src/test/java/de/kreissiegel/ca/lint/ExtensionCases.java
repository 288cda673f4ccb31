package de.kreissiegel.ca.lint;

import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;

/** Of {@link ExtensionLints}. */
final class ExtensionCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final byte[] NULL = {5, 0};

  private ExtensionCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "rfc5280.extension-duplicate",
        MAIL,
        tbs ->
            tbs.withExtensions(
                extensions -> {
                  extensions.add(extensions.getFirst());
                  return extensions;
                }));
    cases.edited(
        "rfc5280.extension-default",
        MAIL,
        tbs ->
            tbs.withExtensions(
                extensions -> {
                  extensions.set(0, withFalse(extensions.getFirst()));
                  return extensions;
                }));
    cases.edited(
        "rfc5280.extension-form",
        MAIL,
        tbs -> tbs.withExtension(Oids.KEY_USAGE, true, new byte[] {1}),
        tbs -> tbs.withExtension(Oids.SUBJECT_KEY_IDENTIFIER, false, NULL),
        tbs ->
            tbs.withExtension(Oids.SUBJECT_ALT_NAME, false, new byte[] {0x30, 2, (byte) 0x8a, 0}),
        tbs -> tbs.withExtension(Oids.OCSP_NOCHECK, false, new ASN1Integer(1)));
    cases.edited(
        "rfc5280.extension-critical-unknown",
        MAIL,
        tbs -> tbs.withExtension("1.2.3.4.5", true, NULL),
        tbs -> tbs.withExtension(Oids.PRIVATE_KEY_USAGE_PERIOD, true, new DERSequence()));
    cases.edited(
        "house.extension-unknown", MAIL, tbs -> tbs.withExtension("1.2.3.4.5", false, NULL));
    cases.edited(
        "rfc5280.extension-never-critical",
        MAIL,
        tbs -> tbs.withCritical(Oids.AUTHORITY_KEY_IDENTIFIER, true),
        tbs -> tbs.withCritical(Oids.SUBJECT_KEY_IDENTIFIER, true),
        tbs -> tbs.withCritical(Oids.AUTHORITY_INFO_ACCESS, true));
    cases.edited(
        "rfc5280.extension-ca-only",
        MAIL,
        tbs -> tbs.withExtension(Oids.NAME_CONSTRAINTS, true, new DERSequence()),
        tbs -> tbs.withExtension(Oids.INHIBIT_ANY_POLICY, true, new ASN1Integer(0)));
    cases.edited(
        "rfc5280.authority-key",
        MAIL,
        tbs -> tbs.withoutExtension(Oids.AUTHORITY_KEY_IDENTIFIER),
        tbs -> tbs.withExtension(Oids.AUTHORITY_KEY_IDENTIFIER, false, authorityKey(new byte[19])));
    cases.edited(
        "rfc5280.authority-key-pair",
        MAIL,
        tbs ->
            tbs.withExtension(
                Oids.AUTHORITY_KEY_IDENTIFIER,
                false,
                new DERSequence(
                    new ASN1Encodable[] {
                      new DERTaggedObject(false, 0, new DEROctetString(new byte[20])),
                      new DERTaggedObject(false, 2, new ASN1Integer(7))
                    })));
    cases.edited(
        "rfc5280.subject-key",
        MAIL,
        tbs -> tbs.withoutExtension(Oids.SUBJECT_KEY_IDENTIFIER),
        tbs ->
            tbs.withExtension(
                Oids.SUBJECT_KEY_IDENTIFIER, false, new DEROctetString(new byte[20])));
    cases.edited(
        "rfc5280.basic-constraints",
        MAIL,
        tbs -> tbs.withExtension(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(true)),
        tbs -> tbs.withExtension(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(0)),
        tbs -> tbs.withExtension(Oids.BASIC_CONSTRAINTS, false, new BasicConstraints(false)),
        tbs -> tbs.withoutExtension(Oids.BASIC_CONSTRAINTS));
    cases.edited(
        "rfc5280.directory-attributes-empty",
        Trial.of("registration-officer"),
        tbs -> tbs.withExtension(Oids.SUBJECT_DIRECTORY_ATTRIBUTES, false, new DERSequence()));
  }

  static ASN1Encodable authorityKey(byte[] identifier) {
    return new DERSequence(new DERTaggedObject(false, 0, new DEROctetString(identifier)));
  }

  private static ASN1Encodable withFalse(ASN1Encodable extension) {
    List<ASN1Encodable> parts = Tbs.list(org.bouncycastle.asn1.ASN1Sequence.getInstance(extension));
    parts.add(1, ASN1Boolean.FALSE);
    return Tbs.sequence(parts);
  }

  static ASN1Encodable attributes(String... types) {
    return Tbs.sequence(
        List.of(types).stream()
            .map(
                type ->
                    (ASN1Encodable)
                        new DERSequence(
                            new ASN1Encodable[] {
                              new ASN1ObjectIdentifier(type),
                              new org.bouncycastle.asn1.DERSet(DERNull.INSTANCE)
                            }))
            .toList());
  }
}
