package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.dns;
import static de.kreissiegel.ca.lint.LintCases.ia5;
import static de.kreissiegel.ca.lint.LintCases.uri;
import static de.kreissiegel.ca.lint.LintCases.utf8;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Of {@link StatusLints} and {@link EidasLints}. */
final class StatusCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial WITH_POLICY =
      MAIL.edit(policies(policy("1.3.6.1.4.1.99999.1", cps("http://pki.example/cp"))));

  private StatusCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "rfc5280.crl-points",
        MAIL,
        points(new DERSequence()),
        points(
            new DERSequence(
                new DERSequence(
                    new DERTaggedObject(false, 1, new DERBitString(new byte[] {64}, 5))))));
    cases.edited(
        "rfc5280.crl-points-critical",
        MAIL,
        tbs -> tbs.withCritical(Oids.CRL_DISTRIBUTION_POINTS, true));
    cases.edited(
        "rfc5280.crl-points-address",
        MAIL,
        points(point(uri("https://pki.example/people.crl"))),
        points(point(uri("ldap:///cn=people"))));
    cases.edited(
        "rfc5280.info-access-empty",
        MAIL,
        tbs -> tbs.withExtension(Oids.AUTHORITY_INFO_ACCESS, false, new DERSequence()));
    cases.edited(
        "rfc5280.info-access-address",
        MAIL,
        access(Oids.AD_OCSP, uri("https://pki.example/ocsp")),
        access(Oids.AD_OCSP, dns("pki.example")),
        access(Oids.AD_CA_ISSUERS, uri("pki.example/ca.crt")));
    cases.edited(
        "bsi.revocation",
        MAIL,
        tbs ->
            access(Oids.AD_CA_ISSUERS, uri("http://pki.example/ca.crt"))
                .apply(tbs.withoutExtension(Oids.CRL_DISTRIBUTION_POINTS)));
    policyCases(cases);
  }

  private static void policyCases(LintCases cases) {
    cases.edited(
        "rfc5280.policies-duplicate",
        WITH_POLICY,
        policies(policy("1.2.3"), policy("1.2.3")),
        policies());
    cases.edited(
        "rfc5280.policy-qualifiers",
        WITH_POLICY,
        policies(policy("1.2.3", qualifier("1.2.4", utf8("x")))),
        policies(policy("1.2.3", qualifier(Oids.QUALIFIER_CPS, utf8("http://pki.example/cp")))),
        policies(policy("1.2.3", cps("nowhere"))),
        policies(policy("1.2.3", notice(ia5("x")))),
        policies(policy("1.2.3", notice(utf8("x".repeat(201))))));
    cases.edited("house.policy-any", WITH_POLICY, policies(policy(Oids.ANY_POLICY)));
    cases.edited(
        "eidas.policies",
        WITH_POLICY,
        policies(policy("0.4.0.194112.1.0")),
        policies(policy("0.4.0.1456.1.1")));
    cases.edited(
        "eidas.qc-statements",
        MAIL,
        tbs -> tbs.withExtension(Oids.QC_STATEMENTS, false, new DERSequence()));
    cases.edited(
        "eidas.words",
        WITH_POLICY,
        LintCases.commonName("Qualifizierte Signatur Amsel"),
        LintCases.commonName("Anna Amsel QES"),
        tbs -> tbs.withAttribute(Oids.O, utf8("Qualified Trust Service")),
        policies(policy("1.2.3", notice(utf8("Ein qualifiziertes Zertifikat")))));
  }

  private static UnaryOperator<Tbs> points(ASN1Encodable points) {
    return tbs -> tbs.withExtension(Oids.CRL_DISTRIBUTION_POINTS, false, points);
  }

  private static ASN1Encodable point(GeneralName name) {
    return new DERSequence(
        new DistributionPoint(new DistributionPointName(new GeneralNames(name)), null, null));
  }

  private static UnaryOperator<Tbs> access(String method, GeneralName location) {
    return tbs ->
        tbs.withExtension(
            Oids.AUTHORITY_INFO_ACCESS,
            false,
            new DERSequence(new AccessDescription(new ASN1ObjectIdentifier(method), location)));
  }

  private static UnaryOperator<Tbs> policies(ASN1Encodable... policies) {
    return tbs -> tbs.withExtension(Oids.CERTIFICATE_POLICIES, false, new DERSequence(policies));
  }

  private static ASN1Encodable policy(String oid, ASN1Encodable... qualifiers) {
    var identifier = new ASN1ObjectIdentifier(oid);
    return qualifiers.length == 0
        ? new DERSequence(identifier)
        : Tbs.sequence(List.of(identifier, new DERSequence(qualifiers)));
  }

  private static ASN1Encodable qualifier(String type, ASN1Encodable value) {
    return Tbs.sequence(List.of(new ASN1ObjectIdentifier(type), value));
  }

  private static ASN1Encodable cps(String uri) {
    return qualifier(Oids.QUALIFIER_CPS, ia5(uri));
  }

  private static ASN1Encodable notice(ASN1Encodable text) {
    return qualifier(Oids.QUALIFIER_NOTICE, new DERSequence(text));
  }
}
