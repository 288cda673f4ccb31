package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.issuance.Organizations;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.CertificateRules;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.KeyTerms;
import de.kreissiegel.hsm.policy.LesserRules;
import de.kreissiegel.hsm.policy.ListForms;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.RecordedException;
import de.kreissiegel.hsm.policy.ReleaseRules;
import de.kreissiegel.hsm.policy.RequestRules;
import de.kreissiegel.hsm.policy.SignatureRate;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the vault is to let a hierarchy's keys sign: exactly what its profiles make, for the tenants
 * that there are. A profile that is changed later needs a ceremony that changes the policy, too.
 */
public final class KeyPolicies {
  /** How old a CRL's thisUpdate may be; a certificate's notBefore likewise. */
  static final Duration BACKDATING = Duration.ofHours(2);

  private static final Duration LONGEST_ROOT_LIST = Duration.ofDays(400);
  private static final Duration LONGEST_LIST = Duration.ofDays(32);

  /** As long as anybody keeps what was signed: 30 years. */
  private static final Duration LONGEST_LAST_LIST = Duration.ofDays(30L * 366);

  /**
   * The authority signs a list at least twice a day; one that is silent for longer hides something.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofDays(2);

  /** RSA of 4096 bits. */
  private static final int LONGEST_WRAPPED = 512;

  /** As many as the keys of one person who was there for long; a day, those of some. */
  private static final int RELEASES_A_MINUTE = 200;

  private static final int RELEASES_A_DAY = 1000;

  private final HierarchyPlan plan;
  private final ProfileCatalog profiles;
  private final TenantRules system;
  private final List<TenantRules> tenants;
  private final Set<Bytes> firstOfficers;
  private final Optional<SecurityKeyPages> securityKeys;

  /**
   * @param systemHosts the DNS names of the system's own web servers; its mails come from there,
   *     too, where nobody else has a mailbox: nobody approves what signs them
   * @param tenants of {@link #tenant}; one for each organisation that certificates name
   * @param firstOfficers SHA-256 of the SubjectPublicKeyInfo of the first registration officers'
   *     keys. Where a profile makes officers, the vault demands the approvals that profiles ask
   *     for, signed by officers; without first ones there will never be any
   */
  public KeyPolicies(
      HierarchyPlan plan,
      ProfileCatalog profiles,
      Set<String> systemHosts,
      List<TenantRules> tenants,
      Set<Bytes> firstOfficers) {
    this(
        plan,
        profiles,
        tenant(plan.organization(), systemHosts, systemHosts),
        List.copyOf(tenants),
        Set.copyOf(firstOfficers),
        Optional.empty());
  }

  private KeyPolicies(
      HierarchyPlan plan,
      ProfileCatalog profiles,
      TenantRules system,
      List<TenantRules> tenants,
      Set<Bytes> firstOfficers,
      Optional<SecurityKeyPages> securityKeys) {
    this.plan = plan;
    this.profiles = profiles;
    this.system = system;
    this.tenants = tenants;
    this.firstOfficers = firstOfficers;
    this.securityKeys = securityKeys;
  }

  /** The same, by which officers may approve with security keys, too, on pages at that place. */
  public KeyPolicies approvedBySecurityKeys(SecurityKeyPages pages) {
    return new KeyPolicies(plan, profiles, system, tenants, firstOfficers, Optional.of(pages));
  }

  /**
   * What certificates of a tenant may name.
   *
   * @param name the tenant's name, as the directory has it
   * @param mailDomains where its mailboxes are, in lower case and A-labels
   * @param dnsDomains where its hosts are, likewise
   * @throws IllegalArgumentException if a domain is none
   */
  public static TenantRules tenant(String name, Set<String> mailDomains, Set<String> dnsDomains) {
    return TenantRules.of(Organizations.inCertificates(name), mailDomains, dnsDomains);
  }

  /**
   * The root's: its own certificate, those of the plan's authorities, its CRLs.
   *
   * @param notAfterLimit the end of its own certificate
   */
  public KeyPolicy root(Instant notAfterLimit) {
    Bytes name = AuthorityNames.encoded(plan.organization(), plan.ownRoot().commonName());
    return KeyPolicy.of(
        new CertificateRules(
            name, Optional.empty(), notAfterLimit, List.of(), AuthorityKinds.of(plan)),
        new ListRules(name, LONGEST_ROOT_LIST, BACKDATING));
  }

  /**
   * A root's while it rolls over: it certifies another generation's key under its own name, too.
   *
   * @param number its generation
   * @param notAfterLimit the end of its own certificate
   */
  public KeyPolicy linkingRoot(int number, Instant notAfterLimit) {
    HierarchyPlan own = plan.withRootGeneration(number);
    Bytes name = AuthorityNames.encoded(plan.organization(), plan.ownRoot().commonName());
    return KeyPolicy.of(
        new CertificateRules(
            name, Optional.empty(), notAfterLimit, List.of(), AuthorityKinds.linking(own)),
        new ListRules(name, LONGEST_ROOT_LIST, BACKDATING));
  }

  /** As {@link #root(Instant)}, of its generation of that number. */
  public KeyPolicy root(int number, Instant notAfterLimit) {
    Bytes name = AuthorityNames.encoded(plan.organization(), plan.ownRoot().commonName());
    return KeyPolicy.of(
        new CertificateRules(
            name,
            Optional.empty(),
            notAfterLimit,
            List.of(),
            AuthorityKinds.of(plan.withRootGeneration(number))),
        new ListRules(name, LONGEST_ROOT_LIST, BACKDATING));
  }

  /** A root's that has a successor: its CRLs, until the last authority under it has ended. */
  public KeyPolicy retiringRoot() {
    return onlyLists(plan.ownRoot().commonName(), LONGEST_ROOT_LIST);
  }

  /**
   * An authority's whose end has come: one more CRL, which may hold for as long as anybody asks.
   *
   * @param commonName the authority's
   */
  public KeyPolicy lastList(String commonName) {
    return onlyLists(commonName, LONGEST_LAST_LIST);
  }

  /** The same of an authority that was taken over, whose name others chose. */
  public KeyPolicy lastListOfTakenOver(Authority authority) {
    return onlyLists(authority.subjectName(), LONGEST_LAST_LIST).with(excepted(authority));
  }

  private KeyPolicy onlyLists(String commonName, Duration longest) {
    return onlyLists(AuthorityNames.encoded(plan.organization(), commonName), longest);
  }

  private static KeyPolicy onlyLists(Bytes name, Duration longest) {
    return new KeyPolicy(
        Optional.empty(),
        Optional.of(new ListRules(name, longest, BACKDATING)),
        Optional.empty(),
        false,
        false);
  }

  /**
   * An issuing authority's: a kind for each of its profiles, and its CRLs.
   *
   * @param notAfterLimit the end of its own certificate
   * @throws IllegalArgumentException if it certifies officers and has partitions, or if it has no
   *     profile, or two that nobody can tell apart by what stands in their certificates
   */
  public KeyPolicy issuing(IssuingAuthority authority, Instant notAfterLimit) {
    return issuing(authority, authority.name(), notAfterLimit, _ -> true);
  }

  /**
   * That of a later generation of an authority: what its line's profiles make, under the
   * generation's own addresses.
   *
   * @param line the name by which profiles know the authority
   */
  public KeyPolicy issuing(IssuingAuthority generation, AuthorityName line, Instant notAfterLimit) {
    return issuing(generation, line, notAfterLimit, _ -> true);
  }

  /**
   * That of a generation which has stopped issuing: its CRLs, and certificates of its OCSP
   * responder, until its last certificate has ended.
   *
   * @param line the name by which profiles know the authority
   */
  public KeyPolicy retiring(
      IssuingAuthority generation, AuthorityName line, Instant notAfterLimit) {
    return issuing(generation, line, notAfterLimit, profile -> profile.purpose() == Purpose.STATUS);
  }

  /**
   * That of a key which an external superior is to certify: it signs the request for that, and
   * nothing else.
   */
  public KeyPolicy requesting(IssuingAuthority generation) {
    return KeyPolicy.of(
        new LesserRules(
            Optional.of(
                new RequestRules(
                    AuthorityNames.encoded(plan.organization(), generation.commonName()),
                    Set.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * That of a foreign authority that is taken over: its CRLs, and certificates of its OCSP
   * responder, as those of a generation that has stopped. It makes no officers and knows no tenant.
   *
   * @param authority as it will stand in the hierarchy
   * @param kind of its key; what isn't made any more is excepted until its certificate ends
   */
  public KeyPolicy takenOver(Authority authority, KeyAlgorithm kind) {
    CertificateProfile responder =
        profiles
            .withResponders(List.of(authority.name()))
            .get(new ProfileName("ocsp-responder-" + authority.name()));
    CertificateKind answers =
        new ProfileKind(
                responder,
                authority.name(),
                plan.addresses(),
                authority.lists(),
                system,
                Optional.empty())
            .kind();
    Optional<Bytes> identifier = Optional.of(authority.subjectKeyIdentifier());
    var lists =
        new ListRules(
            authority.subjectName(),
            LONGEST_LIST,
            BACKDATING,
            identifier,
            new ListForms(
                Optional.of(plan.addresses().crl(authority.name()).toString()),
                0,
                ListForms.Deltas.NONE,
                authority.lists().expired(),
                true));
    KeyPolicy policy =
        KeyPolicy.of(
            new CertificateRules(
                authority.subjectName(),
                identifier,
                authority.notAfter(),
                List.of(system),
                List.of(answers)),
            lists);
    return kind.standing() == KeyAlgorithm.Standing.USUAL
        ? policy
        : policy.with(excepted(authority));
  }

  private KeyTerms excepted(Authority authority) {
    return new KeyTerms(
        SignatureRate.ANY,
        Optional.empty(),
        Optional.of(
            new RecordedException(
                "taken over with a foreign authority, tells of its certificates until they end",
                plan.organization(),
                authority.notAfter())),
        false,
        true);
  }

  private KeyPolicy issuing(
      IssuingAuthority authority,
      AuthorityName line,
      Instant notAfterLimit,
      Predicate<CertificateProfile> which) {
    Bytes name = AuthorityNames.encoded(plan.organization(), authority.commonName());
    List<CertificateKind> kinds = new ArrayList<>();
    profiles.withResponders(List.of(line)).all().stream()
        .filter(profile -> profile.authority().equals(line))
        .filter(which)
        // The system's own are told by its organisation, too: the narrower ones come first.
        .sorted(Comparator.comparing((CertificateProfile p) -> !ProfileKind.ofSystem(p)))
        .map(
            profile ->
                new ProfileKind(
                        profile,
                        authority.name(),
                        plan.addresses(),
                        authority.lists(),
                        system,
                        officers())
                    .kind())
        .forEach(kinds::add);
    KeyPolicy policy =
        KeyPolicy.of(
            new CertificateRules(name, Optional.empty(), notAfterLimit, allTenants(), kinds),
            new ListRules(name, LONGEST_LIST, BACKDATING).with(forms(authority, line)));
    return officers().map(policy::with).orElse(policy);
  }

  /**
   * That of the key which unwraps escrowed keys, against officers' signatures alone.
   *
   * @param officers how many, 2 at least; a tenant may ask for more
   * @throws IllegalArgumentException if they are fewer, or no profile makes officers
   */
  public KeyPolicy escrow(int officers) {
    if (officers < 2) {
      throw new IllegalArgumentException("nobody opens an escrowed key alone: two officers");
    }
    return KeyPolicy.of(
            new LesserRules(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    new ReleaseRules(
                        ReleaseRequest.Purpose.UNWRAP,
                        Set.of(ReleaseRequest.Scheme.RSA_OAEP_SHA256),
                        LONGEST_WRAPPED,
                        officers,
                        new SignatureRate(RELEASES_A_MINUTE, RELEASES_A_DAY)))))
        .with(
            officers()
                .orElseThrow(() -> new IllegalArgumentException("no profile makes officers")));
  }

  /** What its lists may be and have. Partitions are to be as many as there ever were. */
  private ListForms forms(IssuingAuthority authority, AuthorityName line) {
    CrlSettings lists = authority.lists();
    boolean makesOfficers =
        profiles.officers().filter(one -> one.authority().equals(line)).isPresent();
    if (makesOfficers && lists.partitions() > 1) {
      throw new IllegalArgumentException(
          "the vault learns from full lists who is an officer: "
              + authority.name()
              + ", which certifies officers, can't have partitions");
    }
    return new ListForms(
        Optional.of(plan.addresses().crl(authority.name()).toString()),
        lists.partitions() == 1 ? 0 : lists.partitions(),
        lists.delta().isPresent() ? ListForms.Deltas.KNOWN_BASE : ListForms.Deltas.NONE,
        lists.expired(),
        true);
  }

  /** Who is an officer; of no profile's making, nobody. */
  private Optional<OfficerRules> officers() {
    return profiles
        .officers()
        .map(
            profile ->
                new OfficerRules(
                    profile.name().value(),
                    firstOfficers,
                    LONGEST_SILENCE,
                    Approval.HEARD_FOR,
                    securityKeys.map(SecurityKeyPages::rules)));
  }

  /** The tenants and the system; where both bear one name, they are one. */
  private List<TenantRules> allTenants() {
    Map<String, TenantRules> all = new LinkedHashMap<>();
    all.put(system.organization(), system);
    for (TenantRules tenant : tenants) {
      all.merge(tenant.organization(), tenant, KeyPolicies::both);
    }
    return List.copyOf(all.values());
  }

  private static TenantRules both(TenantRules one, TenantRules other) {
    Set<String> mail = new HashSet<>(one.mailDomains());
    mail.addAll(other.mailDomains());
    Set<String> dns = new HashSet<>(one.dnsDomains());
    dns.addAll(other.dnsDomains());
    return TenantRules.of(one.organization(), mail, dns);
  }
}
