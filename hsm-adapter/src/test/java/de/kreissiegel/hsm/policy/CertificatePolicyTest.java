package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.SampleCertificates.dns;
import static de.kreissiegel.hsm.policy.SampleCertificates.mailbox;
import static de.kreissiegel.hsm.policy.SampleCertificates.names;
import static de.kreissiegel.hsm.policy.SampleCertificates.remove;
import static de.kreissiegel.hsm.policy.SampleCertificates.replace;
import static de.kreissiegel.hsm.policy.SampleCertificates.smtpUtf8;
import static de.kreissiegel.hsm.policy.SampleCertificates.upn;
import static de.kreissiegel.hsm.policy.SampleCertificates.uri;
import static de.kreissiegel.hsm.policy.SamplePolicy.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.Structures.CertificateDraft;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever holds the web host would have signed. */
class CertificatePolicyTest {
  private final PolicyGate gate = new PolicyGate(Clock.fixed(NOW, ZoneOffset.UTC));
  private final KeyPolicy policy = SamplePolicy.policy();
  private VaultKey issuer;

  /** Changes a certificate that would pass. */
  @FunctionalInterface
  private interface Attack {
    void on(CertificateDraft draft) throws Exception;
  }

  /** Makes a certificate that passes. */
  @FunctionalInterface
  private interface Good {
    CertificateDraft of(VaultKey issuer) throws Exception;
  }

  @BeforeEach
  void makeIssuer() throws Exception {
    issuer = TestKeys.told("people", TestKeys.p256());
  }

  private Passed pass(CertificateDraft draft) throws SigningRefused {
    return gate.pass(
        new SignRequest(new UUID(1, 2), issuer.id(), SignedStructure.CERTIFICATE, draft.encoded()),
        policy,
        new KeyFacts(issuer.publicKey(), issuer.signatureAlgorithm(), issuer.publicKey()::equals));
  }

  private void refused(Good good, Attack attack, String rule) throws Exception {
    CertificateDraft draft = good.of(issuer);
    pass(draft);
    attack.on(draft);
    assertThatThrownBy(() -> pass(draft))
        .isInstanceOf(SigningRefused.class)
        .hasMessageStartingWith(rule + ":");
  }

  private void refusedMail(Attack attack, String rule) throws Exception {
    refused(SampleCertificates::mail, attack, rule);
  }

  private void refusedServer(Attack attack, String rule) throws Exception {
    refused(SampleCertificates::server, attack, rule);
  }

  private static void setNames(CertificateDraft draft, GeneralName... names) {
    replace(draft, Extension.subjectAlternativeName, false, names(names));
  }

  @Test
  void tellsKindTenantNamesAndEvidence() throws Exception {
    CertificateDraft draft = SampleCertificates.mail(issuer);
    Passed passed = pass(draft);
    assertThat(passed.kind()).isEqualTo("mail");
    assertThat(passed.approval()).isEqualTo(new ApprovalRule(1, true));
    var asked = passed.asked().orElseThrow();
    assertThat(asked.kind()).isEqualTo("mail");
    assertThat(asked.tenant()).contains("Stadt Haßfurt");
    assertThat(asked.alternativeNames().orElseThrow().toArray())
        .isEqualTo(names(mailbox("anna@hassfurt.example")).getEncoded("DER"));
    assertThat(pass(SampleCertificates.server(issuer)).kind()).isEqualTo("server");
    assertThat(pass(SampleCertificates.responder(issuer)).kind()).isEqualTo("responder");
  }

  @Test
  void makesNoAuthority() throws Exception {
    refusedMail(
        d -> replace(d, Extension.basicConstraints, true, new BasicConstraints(0)),
        "no-authorities");
    refusedMail(
        d -> replace(d, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)), "kind");
    refusedMail(d -> d.subject = TestVault.ISSUER, "mail/subject-is-issuer");
  }

  @Test
  void keepsTheTimes() throws Exception {
    refusedMail(d -> d.notAfter = d.notBefore.plus(Duration.ofDays(366)), "mail/longest-validity");
    refusedMail(
        d -> {
          d.notBefore = SamplePolicy.END.minus(Duration.ofDays(10));
          d.notAfter = SamplePolicy.END.plusSeconds(1);
        },
        "mail/postdating");
    refusedMail(d -> d.notBefore = NOW.minus(Duration.ofHours(3)), "mail/backdating");
    refusedMail(d -> d.notAfter = d.notBefore, "mail/validity");
  }

  @Test
  void outlivesNeitherIssuerNorKind() throws Exception {
    KeyPolicy longer =
        KeyPolicy.of(
            new CertificateRules(
                Structures.name(TestVault.ISSUER),
                java.util.Optional.empty(),
                NOW.plus(Duration.ofDays(40)),
                policy.certificates().orElseThrow().tenants(),
                policy.certificates().orElseThrow().kinds()),
            policy.lists().orElseThrow());
    CertificateDraft draft = SampleCertificates.mail(issuer);
    draft.notAfter = NOW.plus(Duration.ofDays(41));
    pass(draft);
    assertThatThrownBy(
            () ->
                gate.pass(
                    new SignRequest(
                        new UUID(1, 2), issuer.id(), SignedStructure.CERTIFICATE, draft.encoded()),
                    longer,
                    new KeyFacts(issuer.publicKey(), issuer.signatureAlgorithm(), _ -> false)))
        .hasMessageStartingWith("mail/not-after-limit:");
  }

  @Test
  void wantsLongSerialNumbers() throws Exception {
    refusedMail(d -> d.serial = BigInteger.ONE.shiftLeft(125), "serial-number");
    refusedMail(d -> d.serial = d.serial.negate(), "serial-number");
    refusedMail(d -> d.serial = BigInteger.ZERO, "serial-number");
    refusedMail(d -> d.serial = BigInteger.ONE.shiftLeft(159), "serial-number");
  }

  @Test
  void keepsTheExtensions() throws Exception {
    refusedMail(d -> remove(d, Extension.cRLDistributionPoints), "mail/extension-missing");
    refusedMail(d -> remove(d, Extension.authorityKeyIdentifier), "mail/extension-missing");
    refusedMail(
        d -> d.extension(Extension.nameConstraints, true, Structures.sequence()),
        "mail/extension-unknown");
    refusedMail(
        d ->
            d.extension(
                new ASN1ObjectIdentifier(ObjectNames.OCSP_NO_CHECK), false, DERNull.INSTANCE),
        "mail/extension-unknown");
    refusedMail(
        d -> replace(d, Extension.keyUsage, false, new KeyUsage(KeyUsage.keyAgreement)),
        "mail/extension-criticality");
    refusedMail(
        d ->
            replace(
                d,
                Extension.cRLDistributionPoints,
                false,
                SampleCertificates.crl("http://evil.example/crl/people.crl")),
        "mail/extension-value");
    refusedMail(
        d ->
            replace(
                d,
                Extension.authorityInfoAccess,
                false,
                SampleCertificates.access("http://evil.example/ocsp")),
        "mail/extension-value");
  }

  @Test
  void keepsTheUsages() throws Exception {
    for (String more : new String[] {"2.5.29.37.0", SamplePolicy.OCSP_SIGNING}) {
      refusedMail(
          d ->
              replace(
                  d,
                  Extension.extendedKeyUsage,
                  false,
                  SampleCertificates.usages(SamplePolicy.EMAIL_PROTECTION, more)),
          "kind");
    }
    refusedMail(d -> remove(d, Extension.extendedKeyUsage), "kind");
    refusedMail(
        d ->
            replace(
                d,
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyAgreement | KeyUsage.digitalSignature)),
        "kind");
    // A usage that the kind knows, but for RSA keys only.
    refusedMail(
        d -> replace(d, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)),
        "mail/key-usage");
  }

  @Test
  void keepsTheKeyIdentifiers() throws Exception {
    refusedMail(
        d ->
            replace(
                d,
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(new byte[20])),
        "mail/authority-key-identifier");
    refusedMail(
        d ->
            replace(
                d,
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(names(dns("x.example")), BigInteger.ONE)),
        "mail/authority-key-identifier");
    refusedMail(
        d ->
            replace(
                d, Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[20])),
        "mail/subject-key-identifier");
  }

  @Test
  void takesNoWeakKey() throws Exception {
    refusedMail(
        d -> SampleCertificates.setKey(d, SampleCertificates.elliptic("secp192r1")),
        "mail/key-algorithm");
    Attack rsaUsage =
        d -> replace(d, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment));
    refusedMail(
        d -> {
          rsaUsage.on(d);
          SampleCertificates.setKey(d, SampleCertificates.rsa(2048, 65537));
        },
        "mail/key-length");
    refusedMail(
        d -> {
          rsaUsage.on(d);
          SampleCertificates.setKey(d, SampleCertificates.rsa(3072, 3));
        },
        "mail/key-exponent");
    refusedServer(
        d -> SampleCertificates.setKey(d, SampleCertificates.rsa(3072, 65537)),
        "server/key-algorithm");
    refusedMail(
        d -> {
          byte[] off = d.publicKey.clone();
          off[off.length - 1] ^= 1;
          SampleCertificates.setKey(d, off);
        },
        "mail/key-point");
  }

  @Test
  void takesGoodKeysOfAllKinds() throws Exception {
    CertificateDraft draft = SampleCertificates.mail(issuer);
    SampleCertificates.setKey(draft, SampleCertificates.elliptic("secp384r1"));
    pass(draft);
    SampleCertificates.setKey(draft, SampleCertificates.rsa(3072, 65537));
    replace(draft, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment));
    pass(draft);
  }

  @Test
  void certifiesRespondersOfThisVaultOnly() throws Exception {
    refused(
        SampleCertificates::responder,
        d -> SampleCertificates.setKey(d, SampleCertificates.elliptic("secp256r1")),
        "responder/ocsp-delegation");
  }

  @Test
  void keepsTheSubject() throws Exception {
    refusedMail(d -> d.subject = new X500Name("C=DE,O=Stadt Bamberg,CN=Anna"), "mail/tenant");
    refusedMail(d -> d.subject = new X500Name("C=AT,O=Stadt Haßfurt,CN=A"), "mail/subject-value");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,CN=Anna,O=Stadt Haßfurt"), "mail/subject-attribute");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt,O=Stadt Ebern,CN=A"),
        "mail/subject-attribute");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt,CN=A,OU=B"), "mail/subject-attribute");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt+CN=A"), "mail/subject-attribute");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt,CN=A\\00B"), "mail/subject-text");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt,CN=A\u202eB"), "mail/subject-text");
    refusedMail(
        d -> d.subject = new X500Name("C=DE,O=Stadt Haßfurt,CN=A,L=Ebern"), "mail/subject-subtree");
    // What looks the same but isn't: ß written as ss, and in decomposed letters.
    refusedMail(d -> d.subject = new X500Name("C=DE,O=Stadt Hassfurt,CN=A"), "mail/tenant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@ebern.example",
        "anna@EBERN.example",
        "anna@evil-hassfurt.example",
        "anna@hassfurt.example.evil.example",
        "anna@example"
      })
  void takesNoForeignMailbox(String mailbox) throws Exception {
    refusedMail(d -> setNames(d, mailbox(mailbox)), "mail/name-domain");
    refusedMail(d -> setNames(d, mailbox("a@hassfurt.example"), upn(mailbox)), "mail/name-domain");
    refusedMail(
        d -> setNames(d, mailbox("a@hassfurt.example"), smtpUtf8("ä" + mailbox)),
        "mail/name-domain");
    refusedMail(d -> d.subject = withMail(mailbox), "mail/name-domain");
  }

  @Test
  void takesNoMailboxInADomainForHostsOnly() throws Exception {
    refusedMail(d -> setNames(d, mailbox("anna@xn--hafurt-cta.example")), "mail/name-domain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@hassfurt.example.",
        "anna@hassfurt.example\u0000.evil.example",
        "anna@ebern.example\u0000@hassfurt.example",
        "anna@ebern.example@hassfurt.example",
        "\"anna@ebern.example\"@hassfurt.example",
        "anna @hassfurt.example",
        "@hassfurt.example",
        "anna@",
        "anna@.hassfurt.example",
        "anna@*.hassfurt.example",
        "anna..b@hassfurt.example",
        "anna,b@hassfurt.example",
        "hassfurt.example"
      })
  void takesNoMailboxThatTwoReadersReadDifferently(String mailbox) throws Exception {
    refusedMail(d -> setNames(d, mailbox(mailbox)), "mail/name-syntax");
    refusedMail(d -> setNames(d, mailbox("a@hassfurt.example"), upn(mailbox)), "mail/name-syntax");
    // A NUL is a control character, and found before it is read as a mailbox.
    refusedMail(
        d -> d.subject = withMail(mailbox),
        mailbox.indexOf('\0') >= 0 ? "mail/subject-text" : "mail/name-syntax");
  }

  private static X500Name withMail(String mailbox) {
    X500Name name = new X500Name("C=DE,O=Stadt Haßfurt,CN=Anna");
    RDN[] all = java.util.Arrays.copyOf(name.getRDNs(), 4);
    all[3] = new RDN(new AttributeTypeAndValue(BCStyle.EmailAddress, new DERIA5String(mailbox)));
    return new X500Name(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.hassfurt.example",
        "evil-ebern.example",
        "ebern.example.evil.example",
        "example",
        "WWW.HASSFURT.EXAMPLE"
      })
  void takesNoForeignHost(String host) throws Exception {
    refusedServer(d -> setNames(d, dns(host)), "server/name-domain");
    refusedServer(
        d -> setNames(d, dns("www.ebern.example"), uri("https://" + host + "/x")),
        "server/name-domain");
    if (host.indexOf('.') >= 0) {
      refusedServer(
          d -> d.subject = new X500Name("C=DE,O=Stadt Ebern,CN=" + host), "server/name-domain");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.ebern.example.",
        "www.evil.example\u0000.ebern.example",
        "www..ebern.example",
        "-www.ebern.example",
        "w_w.ebern.example",
        "ab--c.ebern.example",
        ".ebern.example",
        "www.ebern.example:443",
        "w*.ebern.example",
        ""
      })
  void takesNoHostThatTwoReadersReadDifferently(String host) throws Exception {
    refusedServer(d -> setNames(d, dns(host)), "server/name-syntax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.evil.example@www.ebern.example/",
        "https://www.evil.example\\@www.ebern.example/",
        "https://www.evil.example\u0000.ebern.example/",
        "https://[::1]/",
        "https:www.ebern.example",
        "//www.ebern.example/",
        "https://www.ebern.example:/",
        "https://www.ebern.example./",
        "https://www%2eebern.example/",
        "https:///www.ebern.example/",
        "mailto:anna@ebern.example"
      })
  void takesNoAddressThatTwoReadersReadDifferently(String address) throws Exception {
    refusedServer(d -> setNames(d, dns("www.ebern.example"), uri(address)), "server/name-syntax");
  }

  @Test
  void takesOnlyTheFormsOfNameThatTheKindAllows() throws Exception {
    refusedServer(d -> setNames(d, dns("*.ebern.example")), "server/wildcard");
    refusedServer(
        d -> setNames(d, dns("a.ebern.example"), mailbox("a@ebern.example")), "server/name-form");
    refusedServer(
        d -> setNames(d, new GeneralName(GeneralName.iPAddress, "10.0.0.1")), "server/name-form");
    refusedServer(d -> setNames(d, new GeneralName(new X500Name("CN=x"))), "server/name-form");
    refusedServer(d -> setNames(d, uri("https://www.ebern.example/")), "server/name-count");
    refusedMail(d -> setNames(d, uri("urn:uuid:1")), "mail/name-syntax");
    refusedMail(d -> setNames(d, upn("a@hassfurt.example")), "mail/name-count");
    refusedMail(
        d -> setNames(d, mailbox("a@hassfurt.example"), smtpUtf8("a@hassfurt.example")),
        "mail/name-syntax");
  }

  @Test
  void takesNamesOfTheTenantInEachForm() throws Exception {
    CertificateDraft draft = SampleCertificates.mail(issuer);
    setNames(
        draft,
        mailbox("Anna.O'Neil@Post.HASSFURT.example"),
        upn("anna@hassfurt.example"),
        smtpUtf8("änna@hassfurt.example"),
        uri("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    draft.subject = withMail("anna@hassfurt.example");
    pass(draft);
    CertificateDraft server = SampleCertificates.server(issuer);
    server.subject = new X500Name("C=DE,O=Stadt Haßfurt,CN=VPN");
    setNames(
        server,
        dns("xn--hafurt-cta.example"),
        dns("a.b.hassfurt.example"),
        uri("https://x.hassfurt.example:8443/?q#f"));
    pass(server);
  }

  @Test
  void readsTextOnlyInTypesThatHaveOneReading() throws Exception {
    refusedMail(
        d ->
            d.subject =
                new X500Name(
                    new RDN[] {
                      new RDN(BCStyle.C, new DERUTF8String("DE")),
                      new RDN(BCStyle.O, new org.bouncycastle.asn1.DERBMPString("Stadt Haßfurt")),
                      new RDN(BCStyle.CN, new DERUTF8String("Anna"))
                    }),
        "mail/subject-text");
  }
}
