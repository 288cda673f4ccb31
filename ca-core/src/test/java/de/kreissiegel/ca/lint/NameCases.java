package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.commonName;
import static de.kreissiegel.ca.lint.LintCases.ia5;
import static de.kreissiegel.ca.lint.LintCases.printable;
import static de.kreissiegel.ca.lint.LintCases.utf8;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;

/** Of {@link NameLints}. */
final class NameCases {
  private static final Trial MAIL = Trial.of("smime");

  private NameCases() {}

  static void add(LintCases cases) {
    cases.edited("rfc5280.issuer-empty", MAIL, tbs -> tbs.with(Tbs.ISSUER, new DERSequence()));
    cases.trips(
        "rfc5280.issuer-equal",
        MAIL,
        // The same name to a person, but not the same octets.
        it -> it.edit(tbs -> tbs.with(Tbs.ISSUER, reencoded(it.context()))));
    cases.edited(
        "rfc5280.subject-empty",
        MAIL,
        tbs -> tbs.with(Tbs.SUBJECT, new DERSequence()),
        tbs -> tbs.with(Tbs.SUBJECT, new DERSequence()).withoutExtension(Oids.SUBJECT_ALT_NAME));
    cases.edited(
        "rfc5280.name-encoding",
        MAIL,
        tbs -> tbs.withAttribute(Oids.CN, new DERBMPString("Anna Amsel")),
        tbs -> tbs.withAttribute(Oids.CN, new DERT61String("Anna Amsel")),
        tbs -> tbs.withAttribute(Oids.C, utf8("DE")),
        tbs -> tbs.withAttribute(Oids.SERIAL_NUMBER, utf8("0123456789ABCDEF0123")),
        tbs -> tbs.withAttribute(Oids.DC, utf8("example")));
    cases.edited(
        "rfc5280.name-characters",
        MAIL,
        tbs -> tbs.withAttribute(Oids.CN, printable("Anna_Amsel")),
        tbs -> tbs.withAttribute(Oids.DC, Tbs.read("1602c3a4")));
    cases.edited(
        "rfc5280.name-length",
        MAIL,
        commonName("x".repeat(65)),
        commonName(""),
        tbs -> tbs.withAttribute(Oids.O, utf8("ä".repeat(65))),
        tbs -> tbs.withAttribute(Oids.SERIAL_NUMBER, printable("A".repeat(65))));
    cases.edited(
        "rfc5280.name-country",
        MAIL,
        tbs -> tbs.withAttribute(Oids.C, printable("de")),
        tbs -> tbs.withAttribute(Oids.C, printable("D")));
    cases.edited(
        "rfc5280.name-mail", MAIL, tbs -> tbs.withAttribute(Oids.EMAIL, ia5("a@stadt-a.example")));
    cases.edited(
        "house.name-attributes",
        MAIL,
        tbs -> tbs.withAttribute("2.5.4.13", utf8("description")),
        tbs ->
            tbs.withSubject(
                rdns -> {
                  rdns.add(new DERSet(Tbs.attribute(Oids.CN, utf8("Ein zweiter"))));
                  return rdns;
                }),
        tbs ->
            tbs.withSubject(
                rdns -> {
                  rdns.add(
                      new DERSet(
                          new ASN1Encodable[] {
                            Tbs.attribute("2.5.4.42", utf8("Anna")),
                            Tbs.attribute("2.5.4.4", utf8("Amsel"))
                          }));
                  return rdns;
                }));
    cases.edited(
        "house.name-text",
        MAIL,
        commonName(" Anna Amsel"),
        commonName("Anna\u00a0Amsel"),
        commonName("Anna\u200bAmsel"),
        commonName("Anna \u202elesmA"),
        commonName("Anna\u0007Amsel"),
        commonName("Mu\u0308ller"));
  }

  private static ASN1Encodable reencoded(LintContext context) {
    Bytes name = context.issuer().orElseThrow().name();
    List<ASN1Encodable> rdns =
        Tbs.list(org.bouncycastle.asn1.ASN1Sequence.getInstance(name.toArray()));
    ASN1Encodable last = rdns.getLast();
    var attribute =
        org.bouncycastle.asn1.ASN1Sequence.getInstance(
            org.bouncycastle.asn1.ASN1Set.getInstance(last).getObjectAt(0));
    String text = ((org.bouncycastle.asn1.ASN1String) attribute.getObjectAt(1)).getString();
    ASN1Encodable other =
        attribute.getObjectAt(1) instanceof org.bouncycastle.asn1.ASN1UTF8String
            ? printable(text)
            : utf8(text);
    rdns.set(
        rdns.size() - 1, new DERSet(Tbs.attribute(attribute.getObjectAt(0).toString(), other)));
    return Tbs.sequence(rdns);
  }
}
