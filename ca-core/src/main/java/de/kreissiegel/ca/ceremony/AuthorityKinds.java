package de.kreissiegel.ca.ceremony;

import static de.kreissiegel.hsm.policy.ExtensionRule.required;

import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.ContentRules;
import de.kreissiegel.hsm.policy.ExtensionRule;
import de.kreissiegel.hsm.policy.KeyUsageFlag;
import de.kreissiegel.hsm.policy.Marks;
import de.kreissiegel.hsm.policy.NameRules;
import de.kreissiegel.hsm.policy.ObjectNames;
import de.kreissiegel.hsm.policy.PublicKeyKind;
import de.kreissiegel.hsm.policy.PublicKeyRule;
import de.kreissiegel.hsm.policy.SubjectRules;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.policy.ValidityRules;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds of certificate that a root signs; as {@link AuthorityTbs} makes them. */
final class AuthorityKinds {
  private static final int DAYS_OF_A_YEAR = 366;
  private static final int DAYS_OF_A_MONTH = 31;
  private static final int LONGEST_RSA = 8192;
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  /** The path length of the root; authorities under it are one step lower. */
  private static final int PATH_LENGTH = 1;

  private AuthorityKinds() {}

  /** A root's while it rolls over: its own kind also takes link certificates. */
  static List<CertificateKind> linking(HierarchyPlan plan) {
    return of(plan, true);
  }

  static List<CertificateKind> of(HierarchyPlan plan) {
    return of(plan, false);
  }

  private static List<CertificateKind> of(HierarchyPlan plan, boolean linking) {
    Marks authority =
        Marks.ofAuthority()
            .withKeyUsages(Set.of(Set.of(KeyUsageFlag.KEY_CERT_SIGN, KeyUsageFlag.CRL_SIGN)))
            .withPolicies(Set.of());
    CertificateKind own =
        CertificateKind.authority(
                "root",
                authority.withSelfIssued(true),
                PATH_LENGTH,
                linking ? linkValidity(plan) : validity(plan.rootValidity()))
            .with(content(plan, linking ? linkExtensions(plan) : extensions()))
            .forOwnKeys();
    if (linking) {
      own = own.linking();
    }
    List<ExtensionRule> issued = new ArrayList<>(extensions());
    issued.add(ExtensionRule.optional(NAME_CONSTRAINTS, true));
    issued.add(required(ObjectNames.AUTHORITY_KEY_IDENTIFIER, false));
    issued.add(
        ExtensionRule.crlAddresses(
            List.of(plan.addresses().crl(plan.ownRoot().name()).toString())));
    issued.add(
        ExtensionRule.access(
            List.of(), List.of(plan.addresses().caCertificate(plan.ownRoot().name()).toString())));
    CertificateKind subordinate =
        CertificateKind.authority(
                "issuing-authority",
                authority.withSelfIssued(false),
                PATH_LENGTH,
                validity(plan.issuingValidity()))
            .with(content(plan, issued))
            .forOwnKeys();
    return List.of(own, subordinate);
  }

  /** The old key in the new one's certificate is valid from its own beginning (RFC 9810 §4.4.1). */
  private static ValidityRules linkValidity(HierarchyPlan plan) {
    ValidityRules own = validity(plan.rootValidity());
    return new ValidityRules(own.longest(), own.latestEnd(), own.longest(), own.postdating());
  }

  /** As {@link #extensions}, and what a certificate by another generation has beside. */
  private static List<ExtensionRule> linkExtensions(HierarchyPlan plan) {
    List<ExtensionRule> rules = new ArrayList<>(extensions());
    rules.add(ExtensionRule.optional(ObjectNames.AUTHORITY_KEY_IDENTIFIER, false));
    rules.add(
        optional(
            ExtensionRule.crlAddresses(
                List.of(plan.addresses().crl(plan.ownRoot().name()).toString()))));
    rules.add(
        optional(
            ExtensionRule.access(
                List.of(),
                List.of(plan.addresses().caCertificate(plan.ownRoot().name()).toString()))));
    return rules;
  }

  private static ExtensionRule optional(ExtensionRule rule) {
    return new ExtensionRule(rule.identifier(), false, rule.critical(), rule.value());
  }

  /** The period, as many days as it can have, and the backdating. */
  private static ValidityRules validity(Period period) {
    long days =
        period.getYears() * (long) DAYS_OF_A_YEAR
            + period.getMonths() * (long) DAYS_OF_A_MONTH
            + period.getDays();
    return new ValidityRules(
        Duration.ofDays(days).plus(KeyPolicies.BACKDATING),
        Optional.empty(),
        KeyPolicies.BACKDATING,
        Optional.of(Duration.ofMinutes(5)));
  }

  private static List<ExtensionRule> extensions() {
    return List.of(
        required(ObjectNames.BASIC_CONSTRAINTS, true),
        required(ObjectNames.KEY_USAGE, true),
        required(ObjectNames.SUBJECT_KEY_IDENTIFIER, false));
  }

  private static ContentRules content(HierarchyPlan plan, List<ExtensionRule> extensions) {
    List<PublicKeyRule> keys =
        List.of(
            PublicKeyRule.of(PublicKeyKind.P384),
            PublicKeyRule.of(PublicKeyKind.P521),
            PublicKeyRule.of(PublicKeyKind.BRAINPOOL_P384R1),
            PublicKeyRule.of(PublicKeyKind.BRAINPOOL_P512R1),
            PublicKeyRule.rsa(3072, LONGEST_RSA),
            PublicKeyRule.of(PublicKeyKind.ML_DSA_65),
            PublicKeyRule.of(PublicKeyKind.ML_DSA_87));
    return new ContentRules(
        keys,
        extensions,
        new SubjectRules(
            false,
            List.of(
                AttributeRule.fixed(ObjectNames.COUNTRY, "DE"),
                AttributeRule.fixed(ObjectNames.ORGANIZATION, plan.organization()),
                AttributeRule.one(ObjectNames.COMMON_NAME))),
        NameRules.NONE);
  }
}
