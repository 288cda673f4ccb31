package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.approval.SecurityKeyRegistration;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Desk, issuance and a real vault under the policies that the profiles make; Otto and Olga are the
 * town's officers, and nothing is signed but what they have signed for. Made once: test classes
 * hold {@link #SHARED} and take turns, each with people of its own.
 */
public final class VaultedHouse {
  /** Held by who uses {@link #shared}. */
  public static final String SHARED = "the vaulted house that tests share";

  /** Where officers use security keys. */
  public static final SecurityKeyPages SECURITY_KEYS =
      SecurityKeyPages.of(URI.create("https://pki.example:8443"));

  private static final ProfileName OFFICER = new ProfileName("registration-officer");

  public final House house;
  public final Actor.Person otto;
  public final Actor.Person olga;
  public final TestDatabase database;
  private final Map<SubjectId, OfficerKey> keys = new HashMap<>();

  /** The one of this process; it ends with it. */
  public static VaultedHouse shared() {
    return One.MADE;
  }

  private static final class One {
    static final VaultedHouse MADE = make();

    private static VaultedHouse make() {
      try {
        Path folder = Files.createTempDirectory("vaulted");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return new VaultedHouse(TestDatabase.fresh(), folder);
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }

    private static void delete(Path folder) {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException left) {
        System.getLogger(VaultedHouse.class.getName())
            .log(System.Logger.Level.WARNING, "left behind", left);
      }
    }
  }

  private VaultedHouse(TestDatabase database, Path folder) throws Exception {
    this.database = database;
    ProfileCatalog profiles = ProfileCatalog.bundled();
    KeyPair ottos = SampleRequests.elliptic("secp256r1");
    KeyPair olgas = SampleRequests.elliptic("secp256r1");
    var clock = new MovableClock();
    Vault vault = vault(folder, clock, profiles, Set.of(hash(ottos), hash(olgas)));
    house = new House(database, vault, profiles, clock);
    house.firstOfficers.addAll(Set.of(hash(ottos), hash(olgas)));
    house.restart(house.certificates);
    otto = House.officer(house.otto, House.TOWN);
    olga = House.officer(house.olga, House.TOWN);
    appoint(otto, house.otto, ottos);
    appoint(olga, house.olga, olgas);
    house.signsLists();
  }

  private void appoint(Actor.Person officer, Subject who, KeyPair pair) throws Refused {
    CertificateRequest issued =
        house.desk.submit(officer, House.application(who, OFFICER, SampleRequests.of(pair, "")));
    assertThat(issued).isInstanceOf(CertificateRequest.Issued.class);
    keys.put(who.id(), new OfficerKey(pair.getPrivate(), house.certificateOf(issued).encoded()));
  }

  /** What the officer's key makes of a statement: a CMS SignedData. */
  public Bytes sign(Actor.Person officer, Statement statement) {
    return keys.get(officer.id()).sign(statement);
  }

  /** The officer says that a security key is theirs: a CMS SignedData. */
  public Bytes sign(Actor.Person officer, SecurityKeyRegistration registration) {
    return keys.get(officer.id()).sign(registration);
  }

  /** Another officer of the town, whom Otto and Olga approve; again, with another key. */
  public Actor.Person appointed(Subject who) throws Exception {
    house.directory.put(who);
    KeyPair pair = SampleRequests.elliptic("secp256r1");
    Actor.Person officer = House.officer(who, House.TOWN);
    RequestId request =
        house
            .desk
            .submit(officer, House.application(who, OFFICER, SampleRequests.of(pair, "")))
            .id();
    approve(otto, request);
    keys.put(
        who.id(),
        new OfficerKey(pair.getPrivate(), house.certificateOf(approve(olga, request)).encoded()));
    return officer;
  }

  /** The officer reads, signs what they read, and says yes. */
  public CertificateRequest approve(Actor.Person officer, RequestId request) throws Refused {
    return house.desk.approve(
        officer, request, Optional.of(sign(officer, house.desk.statement(officer, request))));
  }

  /** A vault with the hierarchy's keys, each under the policy that the profiles make. */
  static Vault vault(Path folder, Clock clock, ProfileCatalog profiles, Set<Bytes> firstOfficers)
      throws Exception {
    Vault made =
        Vault.create(
            folder.resolve("vault"),
            "operational".toCharArray(),
            "ceremony".toCharArray(),
            clock,
            new SecureRandom());
    HierarchyPlan plan = House.plan();
    var policies =
        new KeyPolicies(
                plan,
                profiles,
                Set.of(),
                List.of(tenant("Stadt Ä", House.TOWN), tenant("Landratsamt DEMO", House.DISTRICT)),
                firstOfficers)
            .approvedBySecurityKeys(SECURITY_KEYS);
    make(made, plan.ownRoot().key(), policies.root(end(clock, 7)));
    for (IssuingAuthority authority : plan.issuing()) {
      make(made, authority.key(), policies.issuing(authority, end(clock, 6)));
      make(made, authority.ocspKey(), KeyPolicy.ocspResponder());
    }
    made.makeKey(
        new KeyId("escrow"), KeyAlgorithm.RSA_3072_DECRYPT, policies.escrow(2), Optional.empty());
    return made;
  }

  static Bytes hash(KeyPair pair) {
    return SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded()));
  }

  private static TenantRules tenant(String name, TenantId id) {
    return KeyPolicies.tenant(name, Set.of(id.value()), Set.of(id.value()));
  }

  private static void make(Vault vault, KeyId key, KeyPolicy policy) throws Exception {
    vault.makeKey(key, KeyAlgorithm.ECDSA_P384, policy, Optional.empty());
  }

  private static Instant end(Clock clock, int years) {
    return clock.instant().plus(Duration.ofDays(years * 366L));
  }
}
