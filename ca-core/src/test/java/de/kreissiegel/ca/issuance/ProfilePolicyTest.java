package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.KeyFacts;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.ListForms;
import de.kreissiegel.hsm.policy.Passed;
import de.kreissiegel.hsm.policy.PolicyFile;
import de.kreissiegel.hsm.policy.PolicyGate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What issuance makes of each profile that comes along, held against the policy made of it. */
class ProfilePolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(1800));
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));
  private static final String SID = "S-1-5-21-1004336348-1177238915-682003330-512";
  private static final Bytes ALGORITHM = Bytes.fromHex("300a06082a8648ce3d040302");
  private static final String TOWN = "Stadt Haßfurt";
  private static final String DISTRICT = "Landkreis Test";
  private static final KeyPair ISSUER = SampleRequests.elliptic("secp256r1");
  private static final Bytes FIRST = Bytes.of(new byte[32]);
  private static final KeyPair LONG = SampleRequests.rsa(3072);
  private static final KeyPair OWN = SampleRequests.elliptic("secp256r1");

  private static final HierarchyPlan PLAN =
      new HierarchyPlan(
          DISTRICT,
          new HierarchyPlan.RootAuthority(
              new AuthorityName("root"), "Test Root", new KeyId("root")),
          List.of(authority("people"), authority("devices")),
          Period.ofYears(6),
          Period.ofYears(5),
          Period.ofMonths(12),
          ADDRESSES);

  static List<CertificateProfile> profiles() {
    return List.copyOf(ProfileCatalog.bundled().all());
  }

  private static IssuingAuthority authority(String name) {
    return new IssuingAuthority(
        new AuthorityName(name), "Test " + name, new KeyId(name), new KeyId("ocsp-" + name));
  }

  private static KeyPolicy policy(CertificateProfile profile) {
    return policies().issuing(authority(profile.authority().value()), END);
  }

  private static KeyPolicies policies() {
    return new KeyPolicies(
        PLAN,
        ProfileCatalog.bundled(),
        Set.of("localhost"),
        List.of(KeyPolicies.tenant(TOWN, Set.of("hassfurt.example"), Set.of("hassfurt.example"))),
        Set.of(FIRST));
  }

  private static IssuingAuthority authority(String name, CrlSettings lists) {
    return new IssuingAuthority(
        new AuthorityName(name), "Test " + name, new KeyId(name), new KeyId("ocsp-" + name), lists);
  }

  private static CrlSettings lists(int partitions, boolean delta) {
    return new CrlSettings(
        partitions,
        CrlSettings.Division.SERIAL,
        Duration.ofHours(24),
        delta ? Optional.of(Duration.ofHours(6)) : Optional.empty(),
        Duration.ZERO,
        false);
  }

  private static CertificateDraft with(CertificateDraft draft, long serial, CrlSettings lists) {
    return new CertificateDraft(
        draft.profile(),
        draft.authority().with(lists),
        draft.signatureAlgorithm(),
        draft.subject(),
        draft.organization(),
        draft.alternativeNames(),
        draft.directoryAttributes(),
        draft.key(),
        new SerialNumber(BigInteger.ONE.shiftLeft(128).add(BigInteger.valueOf(serial))),
        draft.notBefore(),
        draft.notAfter());
  }

  @Test
  void passesTheListsThatThePlanHasAndNoOther() throws Exception {
    CertificateProfile profile =
        profiles().stream()
            .filter(one -> one.authority().value().equals("devices") && one.offered())
            .findFirst()
            .orElseThrow();
    KeyPolicy four = policies().issuing(authority("devices", lists(4, true)), END);
    CertificateDraft good = draft(profile, OWN);
    Set<Integer> partitions = new HashSet<>();
    for (int serial = 0; serial < 40; serial++) {
      CertificateDraft draft = with(good, serial, lists(4, true));
      pass(four, draft);
      partitions.add(draft.authority().lists().partitionOf(draft.serial(), draft.organization()));
    }
    assertThat(partitions).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThatThrownBy(
            () -> {
              for (int serial = 0; serial < 40; serial++) {
                pass(four, with(good, serial, lists(5, true)));
              }
            })
        .hasMessageContaining("extension-value");
    assertThatThrownBy(() -> pass(four, with(good, 1, lists(4, false))))
        .hasMessageContaining("extension-missing");
    assertThatThrownBy(() -> pass(policy(profile), with(good, 1, lists(1, true))))
        .hasMessageContaining("extension-unknown");
  }

  @Test
  void hasNoPartitionsWhereOfficersAreCertified() {
    assertThatThrownBy(() -> policies().issuing(authority("people", lists(2, false)), END))
        .hasMessageContaining("full lists");
    assertThat(policies().issuing(authority("people", lists(1, true)), END).lists())
        .hasValueSatisfying(
            rules -> assertThat(rules.forms().deltas()).isEqualTo(ListForms.Deltas.KNOWN_BASE));
  }

  private static Passed pass(CertificateProfile profile, CertificateDraft draft)
      throws SigningRefused {
    return pass(profile, draft, new TbsBuilder(ADDRESSES).build(draft));
  }

  private static Passed pass(CertificateProfile profile, CertificateDraft draft, Bytes tbs)
      throws SigningRefused {
    return pass(policy(profile), draft, tbs);
  }

  private static Passed pass(KeyPolicy policy, CertificateDraft draft) throws SigningRefused {
    return pass(policy, draft, new TbsBuilder(ADDRESSES).build(draft));
  }

  private static Passed pass(KeyPolicy policy, CertificateDraft draft, Bytes tbs)
      throws SigningRefused {
    Bytes issuer = Bytes.of(ISSUER.getPublic().getEncoded());
    return new PolicyGate(Clock.fixed(NOW, ZoneOffset.UTC))
        .pass(
            new SignRequest(
                new UUID(1, 2), draft.authority().key(), SignedStructure.CERTIFICATE, tbs),
            policy,
            new KeyFacts(issuer, ALGORITHM, Bytes.of(OWN.getPublic().getEncoded())::equals));
  }

  private static boolean ofSystem(CertificateProfile profile) {
    return !profile.offered();
  }

  private static CertificateDraft draft(CertificateProfile profile, KeyPair key) throws Exception {
    List<String> names = new ArrayList<>();
    String host = ofSystem(profile) ? "localhost" : "host.hassfurt.example";
    if (profile.dnsName() != Presence.NEVER) {
      names.add("dns:" + host);
    }
    if (profile.mail() != Presence.NEVER) {
      names.add(
          ofSystem(profile) ? "mail:kreissiegel@localhost" : "mail:anna.amsel@hassfurt.example");
    }
    if (profile.windowsAccount() != Presence.NEVER) {
      names.add("upn:anna.amsel@hassfurt.example");
      names.add("uri:tag:microsoft.com,2022-09-14:sid:" + SID);
    }
    if (profile.entryUri()) {
      names.add("uri:urn:uuid:" + UUID.randomUUID());
    }
    return draft(profile, key, ofSystem(profile) ? DISTRICT : TOWN, names, profile.validity());
  }

  private static CertificateDraft draft(
      CertificateProfile profile,
      KeyPair key,
      String organization,
      List<String> names,
      Duration validity)
      throws Exception {
    Instant notBefore = NOW.minus(Duration.ofMinutes(5));
    Bytes issuer = Bytes.of(ISSUER.getPublic().getEncoded());
    String officer = UUID.randomUUID().toString();
    return new CertificateDraft(
        profile,
        new Authority(
            profile.authority(),
            Bytes.of(new byte[0]),
            List.of(Bytes.of(new byte[0])),
            new KeyId(profile.authority().value()),
            Optional.empty(),
            AuthorityNames.encoded(DISTRICT, "Test " + profile.authority()),
            Bytes.of(TbsBuilder.keyIdentifier(issuer)),
            END),
        ALGORITHM,
        subject(),
        organization,
        names,
        profile.makesOfficers()
            ? Optional.of(new OfficerScope(officer, List.of(TOWN)).extensionValue())
            : Optional.empty(),
        SubjectKey.of(Bytes.of(key.getPublic().getEncoded())),
        new SerialNumber(BigInteger.ONE.shiftLeft(128)),
        notBefore,
        notBefore.plus(validity).minusSeconds(1));
  }

  private static Subject subject() {
    TenantId tenant = new TenantId("stadt-hassfurt.example");
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.PERSON,
        tenant,
        Set.of(tenant),
        "Dr. Anna Amsel-Öttinger",
        Optional.of("Dr."),
        Optional.of("Anna"),
        Optional.of("Amsel-Öttinger"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        "",
        Set.of());
  }

  private static void refused(CertificateProfile profile, CertificateDraft draft, String rule) {
    assertThatThrownBy(() -> pass(profile, draft))
        .isInstanceOf(SigningRefused.class)
        .hasMessageStartingWith(rule + ":");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void passesWhatIssuanceMakes(CertificateProfile profile) throws Exception {
    Passed passed = pass(profile, draft(profile, OWN));
    assertThat(passed.kind()).isEqualTo(profile.name().value());
    assertThat(passed.approval())
        .isEqualTo(new ApprovalRule(profile.approvals(), profile.offered()));
    assertThat(passed.asked().orElseThrow().tenant()).contains(ofSystem(profile) ? DISTRICT : TOWN);
    if (profile.offered()) {
      assertThat(pass(profile, draft(profile, SampleRequests.elliptic("secp384r1"))).kind())
          .isEqualTo(profile.name().value());
      assertThat(pass(profile, draft(profile, LONG)).kind()).isEqualTo(profile.name().value());
    }
  }

  @Test
  void letsTheSystemSignMailsAsNoPerson() throws Exception {
    CertificateProfile mail = ProfileCatalog.bundled().get(new ProfileName("system-mail"));
    refused(
        mail,
        draft(mail, OWN, DISTRICT, List.of("mail:anna.amsel@hassfurt.example"), mail.validity()),
        "system-mail/name-domain");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void refusesWhatNoProfileMakes(CertificateProfile profile) throws Exception {
    String kind = profile.name().value() + "/";
    CertificateDraft good = draft(profile, OWN);
    refused(
        profile,
        draft(
            profile,
            OWN,
            good.organization(),
            good.alternativeNames(),
            profile.validity().plusSeconds(2)),
        kind + "longest-validity");
    List<String> names = new ArrayList<>(good.alternativeNames());
    names.add("dns:evil.example");
    refused(
        profile,
        draft(profile, OWN, good.organization(), names, profile.validity()),
        kind
            + (profile.dnsName() != Presence.NEVER
                ? "name-domain"
                : good.alternativeNames().isEmpty() ? "extension-unknown" : "name-form"));
    if (profile.offered()) {
      refused(
          profile,
          draft(profile, OWN, "Stadt Bamberg", good.alternativeNames(), profile.validity()),
          kind + "tenant");
    } else {
      // Under a tenant's name it is of another kind, or of none.
      assertThatThrownBy(
              () ->
                  pass(
                      profile,
                      draft(profile, OWN, TOWN, good.alternativeNames(), profile.validity())))
          .hasMessageMatching("(kind|tls-server/name-domain): .*");
    }
    if (profile.extendedKeyUsages().contains(ExtendedKeyUsage.OCSP_SIGNING)) {
      refused(
          profile, draft(profile, SampleRequests.elliptic("secp256r1")), kind + "ocsp-delegation");
    } else if (profile.isForOwnKeys()) {
      refused(
          profile, draft(profile, SampleRequests.elliptic("secp256r1")), kind + "own-keys-only");
    }
    if (profile.internationalMail()) {
      return; // of the two forms of an address either may be missing
    }
    if (profile.mail() == Presence.REQUIRED || profile.dnsName() == Presence.REQUIRED) {
      refused(
          profile,
          draft(profile, OWN, good.organization(), List.of(), profile.validity()),
          kind + "extension-missing");
    }
  }

  @Test
  void signsAWindowsAccountOnlyAsOfficersSeeIt() throws Exception {
    CertificateProfile logon = ProfileCatalog.bundled().get(new ProfileName("windows-logon"));
    CertificateDraft good = draft(logon, OWN);
    List<String> names = good.alternativeNames();

    refused(
        logon,
        draft(logon, OWN, TOWN, names.subList(1, names.size()), logon.validity()),
        "windows-logon/name-count");
    refused(
        logon,
        draft(
            logon, OWN, TOWN, List.of("upn:anna@bamberg.example", names.get(1)), logon.validity()),
        "windows-logon/name-domain");
    refused(
        logon,
        draft(
            logon,
            OWN,
            TOWN,
            List.of(names.get(0), "uri:tag:microsoft.com,2022-09-14:sid:S-1-5-32-544"),
            logon.validity()),
        "windows-logon/name-syntax");
    Bytes tbs = new TbsBuilder(ADDRESSES).build(good);
    String other = SID.replace("-512", "-519");
    assertThatThrownBy(() -> pass(logon, good, withLast(tbs, SID, other)))
        .hasMessageStartingWith("windows-logon/windows-sid:");
  }

  @Test
  void signsAnAddressWithLettersBeyondAsciiWhereTheProfileTakesIt() throws Exception {
    CertificateProfile mailbox = ProfileCatalog.bundled().get(new ProfileName("function-mailbox"));
    CertificateProfile smime = ProfileCatalog.bundled().get(new ProfileName("smime"));
    List<String> names = List.of("mail:bürgerbüro@hassfurt.example");

    assertThat(pass(mailbox, draft(mailbox, OWN, TOWN, names, mailbox.validity())).kind())
        .isEqualTo("function-mailbox");
    refused(
        mailbox,
        draft(mailbox, OWN, TOWN, List.of("mail:bürgerbüro@bamberg.example"), mailbox.validity()),
        "function-mailbox/name-domain");
    refused(smime, draft(smime, OWN, TOWN, names, smime.validity()), "smime/name-form");
  }

  /** The same octets, the last time that a text stands in them another one of its length. */
  private static Bytes withLast(Bytes octets, String text, String other) {
    String all = new String(octets.toArray(), StandardCharsets.ISO_8859_1);
    int at = all.lastIndexOf(text);
    return Bytes.of(
        (all.substring(0, at) + other + all.substring(at + text.length()))
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void saysWhoTheOfficersAre(CertificateProfile profile) {
    assertThat(policy(profile).officers())
        .hasValueSatisfying(
            officers -> {
              assertThat(officers.kind()).isEqualTo("registration-officer");
              assertThat(officers.firstOfficers()).containsExactly(FIRST);
            });
  }

  @Test
  void readsAndWritesAllOfIt() throws Exception {
    Bytes key = Bytes.of(ISSUER.getPublic().getEncoded());
    for (CertificateProfile profile : profiles()) {
      KeyPolicy policy = policy(profile);
      String text = PolicyFile.write(new KeyId("people"), key, policy);
      assertThat(PolicyFile.read(new KeyId("people"), key, "people.yaml", text)).isEqualTo(policy);
    }
  }
}
