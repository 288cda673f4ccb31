package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.SubjectName.Attribute;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds a certificate's names against its kind and its tenant. */
final class SubjectCheck {
  private static final int LONGEST_VALUE = 256;

  private final ContentRules rules;
  private final CertificateRules issuer;
  private final CertificateFacts facts;
  private final KindRefusal refusal;

  SubjectCheck(
      ContentRules rules, CertificateRules issuer, CertificateFacts facts, KindRefusal refusal) {
    this.rules = rules;
    this.issuer = issuer;
    this.facts = facts;
    this.refusal = refusal;
  }

  void check() throws SigningRefused {
    attributes();
    Optional<TenantRules> tenant =
        rules.subject().ofTenant() ? Optional.of(tenant()) : Optional.empty();
    NameCheck names = new NameCheck(tenant, rules.names(), refusal);
    if (tenant.isPresent()) {
      subtree(tenant.get());
    }
    for (Attribute attribute : facts.subject().attributes()) {
      if (attribute.type().equals(ObjectNames.EMAIL_ADDRESS)) {
        names.mailbox(attribute.value().orElse(""));
      }
    }
    if (facts.extendedKeyUsages().contains(ObjectNames.SERVER_AUTH)) {
      commonName(names);
    }
    names.check(facts.names());
  }

  private TenantRules tenant() throws SigningRefused {
    return facts
        .organization()
        .flatMap(issuer::tenant)
        .orElseThrow(
            () ->
                refusal.of(
                    "tenant",
                    "the subject must name one organisation, and one that the policy knows"));
  }

  /** One attribute an RDN, in the order of the rules. */
  private void attributes() throws SigningRefused {
    SubjectName subject = facts.subject();
    refusal.require(
        !subject.multiValued(), "subject-attribute", "an RDN of the subject has two attributes");
    List<Attribute> attributes = subject.attributes();
    int next = 0;
    for (AttributeRule rule : rules.subject().attributes()) {
      int count = 0;
      while (next < attributes.size() && attributes.get(next).type().equals(rule.type())) {
        value(attributes.get(next), rule.values());
        next++;
        count++;
      }
      if (count < rule.least() || count > rule.most()) {
        throw refusal.of(
            "subject-attribute",
            "%s must stand there %d to %d times, and in its place"
                .formatted(ObjectNames.attributeWord(rule.type()), rule.least(), rule.most()));
      }
    }
    if (next < attributes.size()) {
      throw refusal.of(
          "subject-attribute",
          ObjectNames.attributeWord(attributes.get(next).type()) + " isn't allowed there");
    }
  }

  private void value(Attribute attribute, Set<String> values) throws SigningRefused {
    Optional<String> value = attribute.value();
    if (value.isEmpty() || !readable(value.get())) {
      throw refusal.of(
          "subject-text",
          "%s must be a UTF8String or PrintableString of 1 to %d characters, none of them a control"
                  .formatted(ObjectNames.attributeWord(attribute.type()), LONGEST_VALUE)
              + " character");
    }
    if (!values.isEmpty() && !values.contains(value.get())) {
      throw refusal.of(
          "subject-value",
          ObjectNames.attributeWord(attribute.type()) + " is not what the policy gives");
    }
  }

  private void subtree(TenantRules tenant) throws SigningRefused {
    if (tenant.subtree().isEmpty()) {
      return;
    }
    for (Attribute attribute : facts.subject().attributes()) {
      Set<String> allowed = tenant.subtree().get(attribute.type());
      if (allowed != null && !allowed.contains(attribute.value().orElse(""))) {
        throw refusal.of(
            "subject-subtree",
            ObjectNames.attributeWord(attribute.type()) + " is not this tenant's");
      }
    }
  }

  /** Old clients still look for a server's name there (RFC 9525 §2 forbids it). */
  private void commonName(NameCheck names) throws SigningRefused {
    for (Attribute attribute : facts.subject().attributes()) {
      String value = attribute.value().orElse("");
      if (attribute.type().equals(ObjectNames.COMMON_NAME) && looksLikeHost(value)) {
        names.host(value);
      }
    }
  }

  private static boolean looksLikeHost(String value) {
    return value.startsWith("*.")
        || (value.indexOf('.') >= 0 && Domains.isName(value))
        || (value.endsWith(".") && Domains.isName(value.substring(0, value.length() - 1)));
  }

  /** No control characters, and none that turn the direction of what follows. */
  private static boolean readable(String value) {
    if (value.isEmpty() || value.length() > LONGEST_VALUE) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean turns = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
      if (turns || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }
}
