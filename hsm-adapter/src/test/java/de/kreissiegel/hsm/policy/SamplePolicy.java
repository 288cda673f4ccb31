package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.ExtensionRule.optional;
import static de.kreissiegel.hsm.policy.ExtensionRule.required;

import de.kreissiegel.hsm.policy.NameRules.Count;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A policy as an issuing authority has it: mail, servers, responders, two tenants. */
final class SamplePolicy {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final Instant END = NOW.plus(Duration.ofDays(500));
  static final String CRL = "http://pki.example/crl/people.crl";
  static final String OCSP = "http://pki.example/ocsp";
  static final String ISSUER = "http://pki.example/ca/people.cer";
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
  static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private SamplePolicy() {}

  static CertificateRules rules() {
    return new CertificateRules(
        Structures.name(TestVault.ISSUER),
        Optional.empty(),
        END,
        List.of(
            new TenantRules(
                "Stadt Haßfurt",
                Set.of("hassfurt.example"),
                Set.of("hassfurt.example", "xn--hafurt-cta.example"),
                Map.of("2.5.4.7", Set.of("Haßfurt"))),
            TenantRules.of("Stadt Ebern", Set.of("ebern.example"), Set.of("ebern.example"))),
        List.of(mail(), server(), responder()));
  }

  static KeyPolicy policy() {
    return KeyPolicy.of(
        rules(),
        new ListRules(Structures.name(TestVault.ISSUER), Duration.ofDays(32), Duration.ofHours(2)));
  }

  static CertificateKind mail() {
    return CertificateKind.endEntity(
            "mail",
            Marks.endEntity()
                .withKeyUsages(
                    Set.of(
                        Set.of(KeyUsageFlag.KEY_AGREEMENT), Set.of(KeyUsageFlag.KEY_ENCIPHERMENT)))
                .withExtendedKeyUsages(Set.of(EMAIL_PROTECTION)),
            validity(365))
        .with(
            new ContentRules(
                List.of(
                    PublicKeyRule.of(PublicKeyKind.P256).with(Set.of(KeyUsageFlag.KEY_AGREEMENT)),
                    PublicKeyRule.of(PublicKeyKind.P384).with(Set.of(KeyUsageFlag.KEY_AGREEMENT)),
                    PublicKeyRule.rsa(3072, 8192).with(Set.of(KeyUsageFlag.KEY_ENCIPHERMENT))),
                extensions(true, ExtensionRule.access(List.of(OCSP), List.of(ISSUER))),
                subject(
                    AttributeRule.optional(ObjectNames.EMAIL_ADDRESS),
                    AttributeRule.optional("2.5.4.7")),
                new NameRules(
                    Map.of(
                        NameForm.MAIL, new Count(1, 2),
                        NameForm.UPN, new Count(0, 1),
                        NameForm.SMTP_UTF8, new Count(0, 1),
                        NameForm.ENTRY_UUID, new Count(0, 1)),
                    false)))
        .with(new ApprovalRule(1, true));
  }

  static CertificateKind server() {
    return CertificateKind.endEntity(
            "server",
            Marks.endEntity()
                .withKeyUsages(Set.of(Set.of(KeyUsageFlag.DIGITAL_SIGNATURE)))
                .withExtendedKeyUsages(Set.of(SERVER_AUTH)),
            validity(90))
        .with(
            new ContentRules(
                List.of(PublicKeyRule.of(PublicKeyKind.P256)),
                extensions(true, ExtensionRule.access(List.of(OCSP), List.of(ISSUER))),
                subject(),
                new NameRules(
                    Map.of(NameForm.DNS, new Count(1, 5), NameForm.URI, new Count(0, 1)), false)))
        .with(new SignatureRate(2, 3));
  }

  static CertificateKind responder() {
    return CertificateKind.endEntity(
            "responder",
            Marks.endEntity()
                .withKeyUsages(Set.of(Set.of(KeyUsageFlag.DIGITAL_SIGNATURE)))
                .withExtendedKeyUsages(Set.of(OCSP_SIGNING)),
            validity(30))
        .with(
            new ContentRules(
                List.of(PublicKeyRule.of(PublicKeyKind.P256)),
                extensions(
                    false,
                    ExtensionRule.access(List.of(), List.of(ISSUER)),
                    ExtensionRule.noCheck()),
                new SubjectRules(
                    false,
                    List.of(
                        AttributeRule.fixed(ObjectNames.COUNTRY, "DE"),
                        AttributeRule.fixed(ObjectNames.ORGANIZATION, "Landkreis Test"),
                        AttributeRule.one(ObjectNames.COMMON_NAME))),
                NameRules.NONE))
        .forOwnKeys();
  }

  private static ValidityRules validity(int days) {
    return new ValidityRules(
        Duration.ofDays(days),
        Optional.of(NOW.plus(Duration.ofDays(400))),
        Duration.ofHours(2),
        Optional.of(Duration.ofMinutes(5)));
  }

  private static SubjectRules subject(AttributeRule... more) {
    List<AttributeRule> attributes =
        new ArrayList<>(
            List.of(
                AttributeRule.fixed(ObjectNames.COUNTRY, "DE"),
                AttributeRule.one(ObjectNames.ORGANIZATION),
                AttributeRule.one(ObjectNames.COMMON_NAME)));
    attributes.addAll(List.of(more));
    return new SubjectRules(true, attributes);
  }

  private static List<ExtensionRule> extensions(boolean names, ExtensionRule... more) {
    List<ExtensionRule> all =
        new ArrayList<>(
            List.of(
                required(ObjectNames.AUTHORITY_KEY_IDENTIFIER, false),
                required(ObjectNames.SUBJECT_KEY_IDENTIFIER, false),
                required(ObjectNames.KEY_USAGE, true),
                optional(ObjectNames.BASIC_CONSTRAINTS, true),
                required(ObjectNames.EXTENDED_KEY_USAGE, false),
                ExtensionRule.crlAddresses(List.of(CRL))));
    if (names) {
      all.add(required(ObjectNames.SUBJECT_ALTERNATIVE_NAME, false));
    }
    all.addAll(List.of(more));
    return all;
  }
}
