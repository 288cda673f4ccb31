package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.lint.LintedTbsCertificate;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class LinterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final TbsBuilder BUILDER =
      new TbsBuilder(new StatusAddresses(URI.create("http://pki.example:8080")));
  private static final Bytes KEY =
      Bytes.of(SampleRequests.elliptic("secp256r1").getPublic().getEncoded());

  private static final Subject ANNA = House.person("Anna Amsel", House.TOWN, "a@b.example");

  private String profile = "smime";
  private Bytes key = KEY;
  private BigInteger serial = BigInteger.ONE.shiftLeft(126);
  private Instant notBefore = NOW;
  private Instant notAfter = NOW.plus(Duration.ofDays(365));
  private Instant authorityEnd = NOW.plus(Duration.ofDays(2000));
  private String issuer = "DEMO";
  private String algorithm = X9ObjectIdentifiers.ecdsa_with_SHA384.getId();
  private List<String> names = List.of("mail:a@b.example");

  @Test
  void letsSoundCertificatesPass() throws Exception {
    assertThat(lint()).isEmpty();
  }

  @Test
  void findsWhatIsBuiltWrong() throws Exception {
    serial = BigInteger.TWO;
    assertThat(lint()).containsExactly("house.serial-random");
    serial = BigInteger.ONE.shiftLeft(126);
    notAfter = NOW.plus(Duration.ofDays(4 * 365));
    assertThat(lint()).containsExactly("bsi.validity");
    notAfter = authorityEnd.plusSeconds(1);
    assertThat(lint()).contains("house.outlives-authority", "bsi.key-agreement-end");
    notAfter = NOW.plusSeconds(60);
    assertThat(lint()).containsExactly("house.too-short");
    notAfter = NOW.minusSeconds(60);
    assertThat(lint()).contains("rfc5280.validity");
    notAfter = NOW.plus(Duration.ofDays(365));
    names = List.of("uri:urn:uuid:x");
    assertThat(lint()).containsExactly("smime.mail");
    names = List.of("mail:bürger@b.example");
    assertThat(lint()).contains("rfc5280.names-ascii");
    names = List.of("mail:a@b.example", "dns:*.b.example");
    assertThat(lint()).containsExactly("bsi.wildcard");
    names = List.of("mail:a@b.example");
    algorithm = "1.2.840.113549.1.1.11"; // PKCS#1 v1.5
    assertThat(lint()).containsExactly("bsi.signature-algorithm");
  }

  @Test
  void findsWhatIsNotTheDraft() throws Exception {
    Bytes built = BUILDER.build(draft());
    issuer = "Another";
    assertThat(namesOf(Linter.alone().findings(built, LintContexts.of(draft()))))
        .containsExactly("rfc5280.issuer");
    issuer = "DEMO";
    key = Bytes.of(SampleRequests.elliptic("secp256r1").getPublic().getEncoded());
    assertThat(namesOf(Linter.alone().findings(built, LintContexts.of(draft()))))
        .containsExactly("house.key");
    key = KEY;
    profile = "signature";
    assertThat(namesOf(Linter.alone().findings(built, LintContexts.of(draft()))))
        .containsExactlyInAnyOrder("house.key-usage", "house.extended-key-usage");
    profile = "ocsp-responder-people";
    assertThat(namesOf(Linter.alone().findings(BUILDER.build(draft()), LintContexts.of(draft()))))
        .containsExactly("house.nocheck-validity");
    profile = "registration-officer";
    assertThat(namesOf(Linter.alone().findings(BUILDER.build(draft()), LintContexts.of(draft()))))
        .containsExactly("house.officer-scope");
  }

  @Test
  void refusesByNameOfTheLint() {
    serial = BigInteger.TWO;
    Refused refused =
        catchThrowableOfType(
            Refused.class, () -> Linter.alone().check(BUILDER.build(draft()), LintContexts.of(draft())));
    assertThat(refused.reason()).isEqualTo(RefusalReason.LINT);
    assertThat(refused.refusal().detail()).contains("house.serial-random");
    assertThat(namesOf(Linter.alone().findings(Bytes.of(new byte[] {1}), LintContexts.of(catchDraft()))))
        .containsExactly("rfc5280.form");
  }

  @Test
  void isGoodForOneSignatureOnly() throws Exception {
    LintedTbsCertificate linted = Linter.alone().check(BUILDER.build(draft()), LintContexts.of(draft()));
    assertThat(linted.redeem()).isEqualTo(BUILDER.build(draft()));
    assertThatThrownBy(linted::redeem).isInstanceOf(IllegalStateException.class);
  }

  private List<String> lint() throws Exception {
    return namesOf(Linter.alone().findings(BUILDER.build(draft()), LintContexts.of(draft())));
  }

  private static List<String> namesOf(List<LintFinding> findings) {
    return findings.stream().map(finding -> finding.lint().id()).distinct().toList();
  }

  private CertificateDraft catchDraft() {
    try {
      return draft();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private CertificateDraft draft() throws Exception {
    CertificateProfile found = ProfileCatalog.bundled().get(new ProfileName(profile));
    return new CertificateDraft(
        found,
        authority(),
        Bytes.of(
            new AlgorithmIdentifier(new org.bouncycastle.asn1.ASN1ObjectIdentifier(algorithm))
                .getEncoded()),
        ANNA,
        "Stadt Ä",
        names,
        Optional.empty(),
        SubjectKey.of(key),
        new SerialNumber(serial),
        notBefore,
        notAfter);
  }

  private Authority authority() throws Exception {
    var name =
        new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, new DERUTF8String(issuer)).build();
    return new Authority(
        new AuthorityName("people"),
        Bytes.of(new byte[0]),
        List.of(),
        new KeyId("people"),
        Optional.empty(),
        Bytes.of(name.getEncoded("DER")),
        Bytes.of(new byte[] {1, 2, 3}),
        authorityEnd);
  }
}
