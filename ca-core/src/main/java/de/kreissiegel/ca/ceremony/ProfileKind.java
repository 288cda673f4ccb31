package de.kreissiegel.ca.ceremony;

import static de.kreissiegel.hsm.policy.ExtensionRule.required;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.FixedExtension;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.profile.KeyUsageBit;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.ContentRules;
import de.kreissiegel.hsm.policy.ExtensionRule;
import de.kreissiegel.hsm.policy.KeyUsageFlag;
import de.kreissiegel.hsm.policy.Marks;
import de.kreissiegel.hsm.policy.NameForm;
import de.kreissiegel.hsm.policy.NameRules;
import de.kreissiegel.hsm.policy.NameRules.Count;
import de.kreissiegel.hsm.policy.ObjectNames;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.PublicKeyKind;
import de.kreissiegel.hsm.policy.PublicKeyRule;
import de.kreissiegel.hsm.policy.SubjectRules;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.policy.ValidityRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A profile, as the vault's policy tells it: what issuance makes of it passes, nothing else. */
final class ProfileKind {
  /** The web process and the vault may have different clocks. */
  private static final Duration POSTDATING = Duration.ofMinutes(5);

  private static final int SHORTEST_RSA = 3072;
  private static final int LONGEST_RSA = 8192;
  private static final int MOST_SYSTEM_HOSTS = 20;

  private final CertificateProfile profile;
  private final AuthorityName issuer;
  private final StatusAddresses addresses;
  private final CrlSettings lists;
  private final TenantRules system;
  private final Optional<OfficerRules> officers;

  ProfileKind(
      CertificateProfile profile,
      AuthorityName issuer,
      StatusAddresses addresses,
      CrlSettings lists,
      TenantRules system,
      Optional<OfficerRules> officers) {
    this.profile = profile;
    this.issuer = issuer;
    this.addresses = addresses;
    this.lists = lists;
    this.system = system;
    this.officers = officers;
  }

  /** Whether the system alone has such certificates. */
  static boolean ofSystem(CertificateProfile profile) {
    return profile.ofSystem() && profile.approvals() == 0;
  }

  CertificateKind kind() {
    CertificateKind kind =
        CertificateKind.endEntity(
                profile.name().value(),
                marks(),
                new ValidityRules(
                    profile.validity(),
                    profile.latestEnd(),
                    KeyPolicies.BACKDATING,
                    Optional.of(POSTDATING)))
            .with(new ContentRules(keys(), extensions(), subject(), names()))
            // The system's own come without proof: their keys are the vault's or the web server's.
            .with(
                new ApprovalRule(
                    officers.isPresent() ? profile.approvals() : 0, !ofSystem(profile)));
    return profile.isForOwnKeys() ? kind.forOwnKeys() : kind;
  }

  private boolean answersOcsp() {
    return profile.extendedKeyUsages().contains(ExtendedKeyUsage.OCSP_SIGNING);
  }

  private Marks marks() {
    Marks marks =
        Marks.endEntity()
            .withKeyUsages(
                profile.keyAlgorithms().stream().map(this::usage).collect(Collectors.toSet()))
            .withExtendedKeyUsages(
                profile.extendedKeyUsages().stream()
                    .map(ExtendedKeyUsage::oid)
                    .collect(Collectors.toSet()))
            .withPolicies(profile.policies());
    return ofSystem(profile) ? marks.withOrganizations(Set.of(system.organization())) : marks;
  }

  private Set<KeyUsageFlag> usage(KeyAlgorithm algorithm) {
    Set<KeyUsageFlag> flags = EnumSet.noneOf(KeyUsageFlag.class);
    for (KeyUsageBit bit : profile.keyUsage(algorithm)) {
      flags.add(
          switch (bit) {
            case DIGITAL_SIGNATURE -> KeyUsageFlag.DIGITAL_SIGNATURE;
            case NON_REPUDIATION -> KeyUsageFlag.NON_REPUDIATION;
            case KEY_ENCIPHERMENT -> KeyUsageFlag.KEY_ENCIPHERMENT;
            case KEY_AGREEMENT -> KeyUsageFlag.KEY_AGREEMENT;
          });
    }
    return flags;
  }

  private List<PublicKeyRule> keys() {
    boolean dependent =
        profile.keyAlgorithms().stream().map(this::usage).collect(Collectors.toSet()).size() > 1;
    List<PublicKeyRule> rules = new ArrayList<>();
    profile.keyAlgorithms().stream()
        .sorted(Comparator.naturalOrder())
        .forEach(
            algorithm -> {
              PublicKeyRule rule =
                  switch (algorithm) {
                    case EC_P256 -> PublicKeyRule.of(PublicKeyKind.P256);
                    case EC_P384 -> PublicKeyRule.of(PublicKeyKind.P384);
                    case EC_P521 -> PublicKeyRule.of(PublicKeyKind.P521);
                    case BRAINPOOL_P256 -> PublicKeyRule.of(PublicKeyKind.BRAINPOOL_P256R1);
                    case BRAINPOOL_P384 -> PublicKeyRule.of(PublicKeyKind.BRAINPOOL_P384R1);
                    case BRAINPOOL_P512 -> PublicKeyRule.of(PublicKeyKind.BRAINPOOL_P512R1);
                    case RSA -> PublicKeyRule.rsa(SHORTEST_RSA, LONGEST_RSA);
                  };
              rules.add(dependent ? rule.with(usage(algorithm)) : rule);
            });
    return rules;
  }

  private List<ExtensionRule> extensions() {
    String certificate = addresses.caCertificate(issuer).toString();
    List<ExtensionRule> rules = new ArrayList<>();
    rules.add(required(ObjectNames.AUTHORITY_KEY_IDENTIFIER, false));
    rules.add(required(ObjectNames.SUBJECT_KEY_IDENTIFIER, false));
    Map<NameForm, Count> forms = names().forms();
    if (!forms.isEmpty()) {
      boolean must = forms.values().stream().anyMatch(count -> count.least() > 0);
      rules.add(
          new ExtensionRule(ObjectNames.SUBJECT_ALTERNATIVE_NAME, must, false, Optional.empty()));
    }
    if (profile.makesOfficers()) {
      rules.add(required(OfficerScope.EXTENSION, false));
    }
    rules.add(required(ObjectNames.KEY_USAGE, true));
    rules.add(required(ObjectNames.BASIC_CONSTRAINTS, true));
    rules.add(required(ObjectNames.EXTENDED_KEY_USAGE, profile.hasCriticalUsage()));
    if (profile.windowsAccount() != Presence.NEVER) {
      rules.add(
          new ExtensionRule(
              ObjectNames.WINDOWS_SID,
              profile.windowsAccount() == Presence.REQUIRED,
              false,
              Optional.empty()));
    }
    for (FixedExtension extension : profile.fixedExtensions()) {
      rules.add(
          new ExtensionRule(
              extension.oid(), true, extension.critical(), Optional.of(extension.value())));
    }
    CrlName list = CrlName.of(issuer);
    int partitions = lists.partitions() == 1 ? 0 : lists.partitions();
    rules.add(ExtensionRule.crlAddress(addresses.crl(list).toString(), partitions));
    if (lists.delta().isPresent()) {
      rules.add(ExtensionRule.freshestCrl(addresses.crl(list.asDelta()).toString(), partitions));
    }
    if (answersOcsp()) {
      rules.add(ExtensionRule.noCheck());
      rules.add(ExtensionRule.access(List.of(), List.of(certificate)));
    } else {
      rules.add(ExtensionRule.access(List.of(addresses.ocsp().toString()), List.of(certificate)));
    }
    return rules;
  }

  private static SubjectRules subject() {
    return new SubjectRules(
        true,
        List.of(
            AttributeRule.fixed(ObjectNames.COUNTRY, "DE"),
            AttributeRule.one(ObjectNames.ORGANIZATION),
            AttributeRule.one(ObjectNames.COMMON_NAME),
            AttributeRule.one(ObjectNames.SERIAL_NUMBER)));
  }

  private NameRules names() {
    Map<NameForm, Count> forms = new EnumMap<>(NameForm.class);
    // Which of the two forms an address takes depends on its letters.
    Presence mail =
        profile.internationalMail() && profile.mail() == Presence.REQUIRED
            ? Presence.IF_PRESENT
            : profile.mail();
    int mails = most(Field.MAIL);
    presence(mail, mails).ifPresent(count -> forms.put(NameForm.MAIL, count));
    if (profile.internationalMail()) {
      forms.put(NameForm.SMTP_UTF8, new Count(0, mails));
    }
    presence(profile.windowsAccount(), 1)
        .ifPresent(
            count -> {
              forms.put(NameForm.UPN, count);
              forms.put(NameForm.SID, count);
            });
    presence(profile.dnsName(), ofSystem(profile) ? MOST_SYSTEM_HOSTS : most(Field.DNS))
        .ifPresent(count -> forms.put(NameForm.DNS, count));
    if (profile.entryUri()) {
      forms.put(NameForm.ENTRY_UUID, new Count(0, 1));
    }
    return new NameRules(forms, false);
  }

  /** The directory's one, and what each of applicant and officer may say. */
  private int most(Field field) {
    int most = 1;
    for (FieldSource person : List.of(FieldSource.APPLICANT, FieldSource.OFFICER)) {
      most += profile.fields().allow(field, person) ? field.most() : 0;
    }
    return most;
  }

  private static Optional<Count> presence(Presence presence, int most) {
    return switch (presence) {
      case REQUIRED -> Optional.of(new Count(1, most));
      case IF_PRESENT -> Optional.of(new Count(0, most));
      case NEVER -> Optional.empty();
    };
  }
}
