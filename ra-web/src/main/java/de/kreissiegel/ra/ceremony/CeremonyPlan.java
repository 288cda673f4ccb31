package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSheet;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.ceremony.NameSpace;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Person;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The plan of a ceremony, a YAML file: what is to be made, and who is to be there.
 *
 * @param hierarchy the authorities
 * @param algorithms of each key that is to be made
 * @param tokens the HSMs where keys live beside the software token
 * @param policies what each key may sign, derived from the bundled profiles
 * @param tenants the tenants whose certificates these authorities issue
 * @param officers the first registration officers
 * @param people who is to be there
 * @param shares how secrets are handed out to the custodians
 * @param retention how long what the journal holds is kept
 * @param exceptions from the algorithm calendar
 * @param escrow how many officers it takes to unwrap an escrowed key; none without a key for that
 */
record CeremonyPlan(
    HierarchyPlan hierarchy,
    Map<KeyId, KeyAlgorithm> algorithms,
    TokenPlan tokens,
    KeyPolicies policies,
    List<String> tenants,
    OfficersPlan officers,
    List<Person> people,
    SharesPlan shares,
    RetentionPlan retention,
    ExceptionsPlan exceptions,
    Optional<Integer> escrow) {
  static final KeyId ESCROW = new KeyId("escrow");
  static final String LEADER = "leader";
  static final String KEY_OFFICER = "key-officer";
  static final String CUSTODIAN = "custodian";
  static final String WITNESS = "witness";

  static CeremonyPlan read(Path file) throws CeremonyFailed {
    YamlNode plan =
        YamlNode.file(file)
            .only(
                "organization",
                "validation-base-url",
                "validity",
                "root",
                "ceremony",
                "journal",
                "issuing",
                "audit",
                "tokens",
                "tenants",
                "system-hosts",
                "officers",
                "pages",
                "people",
                "shares",
                "retention",
                "exceptions",
                "escrow");
    try {
      return of(plan);
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new CeremonyFailed(file + ": " + wrong.getMessage() + ".", wrong);
    }
  }

  private static CeremonyPlan of(YamlNode plan) throws CeremonyFailed {
    YamlNode validity = plan.child("validity").only("root", "issuing", "root-crl");
    var algorithms = new TreeMap<KeyId, KeyAlgorithm>((a, b) -> a.value().compareTo(b.value()));
    var hierarchy =
        new HierarchyPlan(
            plan.text("organization"),
            root(plan, algorithms),
            issuing(plan, algorithms),
            Period.parse(validity.text("root", "P6Y")),
            Period.parse(validity.text("issuing", "P5Y")),
            Period.parse(validity.text("root-crl", "P12M")),
            new StatusAddresses(URI.create(plan.text("validation-base-url"))));
    var audit = plan.child("audit").only("key", "algorithm", "token");
    algorithms.put(
        new KeyId(audit.text("key", "audit")),
        KeyAlgorithm.ofWord(audit.text("algorithm", "ecdsa-p256")));
    OfficersPlan officers = OfficersPlan.read(plan);
    Optional<Integer> escrow = escrow(plan, algorithms);
    var read =
        new CeremonyPlan(
            hierarchy,
            Map.copyOf(algorithms),
            TokenPlan.read(plan, hierarchy.root().map(HierarchyPlan.RootAuthority::key)),
            policies(plan, hierarchy, officers),
            tenants(plan).stream().map(TenantRules::organization).toList(),
            officers,
            people(plan),
            SharesPlan.read(plan),
            RetentionPlan.read(plan),
            ExceptionsPlan.read(plan),
            escrow);
    read.requirePeople(plan.place());
    return read;
  }

  /** {@code escrow: {officers: 2}} makes the key; without it there is none. */
  private static Optional<Integer> escrow(YamlNode plan, Map<KeyId, KeyAlgorithm> algorithms)
      throws CeremonyFailed {
    YamlNode escrow = plan.child("escrow").only("officers", "algorithm", "token");
    if (escrow.members().isEmpty()) {
      return Optional.empty();
    }
    algorithms.put(ESCROW, KeyAlgorithm.ofWord(escrow.text("algorithm", "rsa-3072-decrypt")));
    int officers = Integer.parseInt(escrow.text("officers", "2"));
    if (officers < 2) {
      throw new CeremonyFailed(
          escrow.place() + ": nobody opens an escrowed key alone; write officers: 2, or more.");
    }
    return Optional.of(officers);
  }

  private static KeyPolicies policies(YamlNode plan, HierarchyPlan hierarchy, OfficersPlan officers)
      throws CeremonyFailed {
    var policies =
        new KeyPolicies(
            hierarchy,
            ProfileCatalog.bundled(),
            Set.copyOf(plan.texts("system-hosts")),
            tenants(plan),
            officers.keys());
    String pages = plan.text("pages", "");
    return pages.isEmpty()
        ? policies
        : policies.approvedBySecurityKeys(SecurityKeyPages.of(URI.create(pages)));
  }

  private static List<TenantRules> tenants(YamlNode plan) throws CeremonyFailed {
    var tenants = new ArrayList<TenantRules>();
    for (YamlNode tenant : plan.children("tenants")) {
      tenant.only("name", "mail", "dns");
      tenants.add(
          KeyPolicies.tenant(
              tenant.text("name"),
              Set.copyOf(tenant.texts("mail")),
              Set.copyOf(tenant.texts("dns"))));
    }
    return List.copyOf(tenants);
  }

  /** Without {@code root} there is none: external superiors stand above all authorities. */
  private static Optional<HierarchyPlan.RootAuthority> root(
      YamlNode plan, Map<KeyId, KeyAlgorithm> algorithms) throws CeremonyFailed {
    if (!plan.has("root")) {
      return Optional.empty();
    }
    YamlNode root = plan.child("root");
    root.only("name", "common-name", "key", "algorithm", "token", "policy-set");
    String name = root.text("name", "root");
    var key = new KeyId(root.text("key", name));
    algorithms.put(key, KeyAlgorithm.ofWord(root.text("algorithm", "ecdsa-p384")));
    return Optional.of(
        new HierarchyPlan.RootAuthority(
            new AuthorityName(name), root.text("common-name"), key, policySet(root)));
  }

  private static List<HierarchyPlan.IssuingAuthority> issuing(
      YamlNode plan, Map<KeyId, KeyAlgorithm> algorithms) throws CeremonyFailed {
    var issuing = new ArrayList<HierarchyPlan.IssuingAuthority>();
    for (YamlNode one : plan.children("issuing")) {
      one.only(
          "name",
          "common-name",
          "key",
          "algorithm",
          "token",
          "ocsp-key",
          "ocsp-algorithm",
          "ocsp-token",
          "crl",
          "policy-set",
          "names",
          "superior");
      String name = one.text("name");
      var key = new KeyId(one.text("key", name));
      var ocsp = new KeyId(one.text("ocsp-key", "ocsp-" + name));
      algorithms.put(key, KeyAlgorithm.ofWord(one.text("algorithm", "ecdsa-p384")));
      algorithms.put(ocsp, KeyAlgorithm.ofWord(one.text("ocsp-algorithm", "ecdsa-p256")));
      issuing.add(
          new HierarchyPlan.IssuingAuthority(
              new AuthorityName(name),
              one.text("common-name"),
              key,
              ocsp,
              policySet(one),
              names(one.child("names")),
              CrlSheet.read(one.members().get("crl")),
              external(one, plan.has("root"))));
    }
    if (issuing.isEmpty()) {
      throw new CeremonyFailed(plan.place() + " names no issuing authority.");
    }
    return issuing;
  }

  private static boolean external(YamlNode authority, boolean ownRoot) throws CeremonyFailed {
    String superior = authority.text("superior", "root");
    return switch (superior) {
      case "root" -> {
        if (!ownRoot) {
          throw new CeremonyFailed(
              authority.place()
                  + ": the plan has no root to stand under; name one, or write superior: external.");
        }
        yield false;
      }
      case "external" -> true;
      default ->
          throw new CeremonyFailed(
              authority.place() + ": superior is 'root', the plan's, or 'external'.");
    };
  }

  private static PolicySet policySet(YamlNode authority) throws CeremonyFailed {
    String name = authority.text("policy-set", PolicySet.DEFAULT.configName());
    return PolicySet.ofConfigName(name)
        .orElseThrow(
            () ->
                new CeremonyFailed(
                    "%s: there is no policy set '%s'; choose from %s."
                        .formatted(authority.place(), name, PolicySet.configNames())));
  }

  private static NameSpace names(YamlNode names) throws CeremonyFailed {
    names.only("dns", "mail");
    return new NameSpace(names.texts("dns"), names.texts("mail"));
  }

  private static List<Person> people(YamlNode plan) throws CeremonyFailed {
    var people = new ArrayList<Person>();
    for (YamlNode person : plan.children("people")) {
      person.only("name", "role", "card");
      if (!List.of(LEADER, KEY_OFFICER, CUSTODIAN, WITNESS).contains(person.text("role"))) {
        throw new CeremonyFailed(
            person.place() + ": a role is leader, key-officer, custodian or witness.");
      }
      people.add(new Person(person.text("name"), person.text("role")));
    }
    return people;
  }

  private void requirePeople(String place) throws CeremonyFailed {
    var names = new HashSet<String>();
    for (Person person : people) {
      if (!names.add(person.name())) {
        throw new CeremonyFailed(
            "%s: %s stands there twice; each person has one role.".formatted(place, person.name()));
      }
    }
    int custodians = custodians().size();
    int threshold = threshold();
    if (count(LEADER) != 1 || count(KEY_OFFICER) < 1 || count(WITNESS) < 1) {
      throw new CeremonyFailed(
          place + ": a ceremony has one leader, a key officer and a witness at least.");
    }
    if (threshold < 2 || custodians < threshold || custodians > ActivationSecret.MOST_SHARES) {
      throw new CeremonyFailed(
          "%s: %d custodians can't hold shares of which %d are needed; at least 2 are, and at most %d hold some."
              .formatted(place, custodians, threshold, ActivationSecret.MOST_SHARES));
    }
  }

  private long count(String role) {
    return people.stream().filter(person -> person.role().equals(role)).count();
  }

  /** Whoever holds share i stands there at place i - 1. */
  List<String> custodians() {
    return people.stream()
        .filter(person -> person.role().equals(CUSTODIAN))
        .map(Person::name)
        .toList();
  }

  /** How many custodians make a secret again. */
  int threshold() {
    return shares.threshold();
  }

  /** The word of a key's algorithm. */
  String algorithm(KeyId key) {
    KeyAlgorithm algorithm = algorithms.get(key);
    if (algorithm == null) {
      throw new IllegalArgumentException("the plan has no key " + key);
    }
    return algorithm.word();
  }

  /** The keys that the first ceremony makes: those of external authorities come by their own. */
  Set<KeyId> keysOfInit() {
    var keys = new HashSet<>(algorithms.keySet());
    hierarchy.issuing().stream()
        .filter(HierarchyPlan.IssuingAuthority::external)
        .forEach(one -> keys.removeAll(List.of(one.key(), one.ocspKey())));
    return keys;
  }

  KeyId auditKey() {
    return algorithms.keySet().stream()
        .filter(
            key ->
                hierarchy.issuing().stream()
                    .noneMatch(one -> one.key().equals(key) || one.ocspKey().equals(key)))
        .filter(key -> hierarchy.root().stream().noneMatch(root -> root.key().equals(key)))
        .filter(key -> !key.equals(ESCROW))
        .findFirst()
        .orElseThrow();
  }
}
