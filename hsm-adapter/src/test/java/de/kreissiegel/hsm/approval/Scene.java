package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.SecurityKeyRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** An authority with officers, and somebody who wants a certificate. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final String TENANT = "Landratsamt Test";
  static final KeyId PEOPLE = new KeyId("people");
  static final String OFFICERS_KIND = "officer";
  static final X500Name ISSUER = new X500Name("CN=Test Issuer,O=Landkreis Test,C=DE");
  static final Bytes ECDSA_SHA256 = Bytes.fromHex("300a06082a8648ce3d040302");
  static final ApprovalRule TWO = new ApprovalRule(2, false);
  static final ApprovalRule ONE = new ApprovalRule(1, false);
  static final SecurityKeyRules SITE =
      new SecurityKeyRules("pki.landkreis.example", "https://pki.landkreis.example:8443");
  static final OfficerRules RULES =
      new OfficerRules(
          OFFICERS_KIND, Set.of(), Duration.ofDays(2), Duration.ofDays(14), Optional.of(SITE));
  static final String APPLICANT = "11111111-0000-4000-8000-000000000001";

  final KeyPair issuer;
  final OfficerRegister register = new OfficerRegister();
  final KnownIssuers issuers;
  final Approvals approvals;
  final OfficerSigner erika;
  final OfficerSigner max;
  final AskedCertificate asked;

  Scene() throws Exception {
    issuer = TestKeys.p256();
    Bytes name = Structures.name(ISSUER);
    issuers =
        wanted ->
            wanted.equals(name)
                ? List.of(
                    new KnownIssuers.Issuer(
                        PEOPLE, KeyAlgorithm.ECDSA_P256, Bytes.of(issuer.getPublic().getEncoded())))
                : List.of();
    approvals = approvalsAt(NOW);
    erika =
        signed(new OfficerSigner("aaaaaaaa-0000-4000-8000-00000000000a", "Erika", TENANT, TENANT));
    max = signed(new OfficerSigner("bbbbbbbb-0000-4000-8000-00000000000b", "Max", TENANT, "*"));
    listSigned(NOW.minus(Duration.ofHours(1)), Map.of());
    asked = asked("cccccccc-0000-4000-8000-00000000000c", "Ingrid Muster", "clerk@test.example");
  }

  Approvals approvalsAt(Instant time) {
    return new Approvals(issuers, register, Clock.fixed(time, ZoneOffset.UTC));
  }

  Releases releases() {
    return new Releases(issuers, register, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  AskedCertificate asked(String person, String commonName, String mail) throws Exception {
    return new AskedCertificate(
        UUID.randomUUID(),
        PEOPLE,
        "signature",
        Structures.name(ISSUER),
        BigInteger.valueOf(4711),
        Structures.name(new X500Name("CN=" + commonName + ",O=" + TENANT + ",C=DE")),
        Optional.of(
            Bytes.of(
                Structures.octets(
                    new GeneralNames(
                        new GeneralName[] {
                          new GeneralName(GeneralName.rfc822Name, mail),
                          new GeneralName(
                              GeneralName.uniformResourceIdentifier, "urn:uuid:" + person)
                        })))),
        Bytes.of(TestKeys.p256().getPublic().getEncoded()),
        NOW,
        NOW.plus(Duration.ofDays(365)),
        Optional.of(TENANT),
        Optional.empty());
  }

  /** The certificate that would make that officer. */
  AskedCertificate askedFor(OfficerSigner officer) {
    return new AskedCertificate(
        UUID.randomUUID(),
        PEOPLE,
        OFFICERS_KIND,
        Structures.name(ISSUER),
        officer.serial,
        Bytes.of(Structures.octets(officer.subject)),
        Optional.of(Bytes.of(Structures.octets(officer.alternativeNames()))),
        officer.publicKey(),
        NOW,
        NOW.plus(Duration.ofDays(365)),
        Optional.of(TENANT),
        officer.directoryAttributes.map(value -> Bytes.of(Structures.octets(value))));
  }

  /** Has the vault sign the officer's certificate. */
  OfficerSigner signed(OfficerSigner officer) {
    return signed(
        officer, OFFICERS_KIND, NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(300)));
  }

  OfficerSigner signed(OfficerSigner officer, String kind, Instant notBefore, Instant notAfter) {
    Bytes tbs = officer.tbs(ISSUER, ECDSA_SHA256, notBefore, notAfter);
    register.certificateSigned(PEOPLE, kind, tbs, notBefore);
    return signedBy(issuer, officer, tbs);
  }

  static OfficerSigner signedBy(KeyPair by, OfficerSigner officer, Bytes tbs) {
    return officer.certified(tbs, ECDSA_SHA256, TestKeys.sign(by, tbs.toArray()));
  }

  void listSigned(Instant time, Map<BigInteger, Integer> entries) {
    register.listSigned(list(time, true, entries), time);
  }

  static SignedList list(Instant time, boolean full, Map<BigInteger, Integer> entries) {
    return new SignedList(PEOPLE, time, time.plus(Duration.ofDays(7)), full, entries);
  }

  Evidence by(OfficerSigner officer) {
    return officer.approve(asked, APPLICANT, NOW);
  }

  List<Approver> check(ApprovalRule rule, Evidence... evidence) throws SigningRefused {
    return approvals.check(asked, rule, RULES, List.of(evidence));
  }
}
