package de.kreissiegel.hsm.policy;

import java.util.List;
import java.util.Set;

/**
 * What a subject's distinguished name is made of: one attribute in each RDN, in this order, and
 * nothing else.
 *
 * @param ofTenant whether its only organizationName must be a tenant of the policy; without a
 *     tenant no mail, DNS or URI name is allowed anywhere in the certificate
 * @param attributes the types in their order
 */
public record SubjectRules(boolean ofTenant, List<AttributeRule> attributes) {
  public SubjectRules {
    attributes = List.copyOf(attributes);
  }

  /**
   * One type of attribute.
   *
   * @param type its object identifier in dotted form
   * @param least how many of it there must be
   * @param most how many there may be
   * @param values what each must be; empty: anything that its syntax allows
   */
  public record AttributeRule(String type, int least, int most, Set<String> values) {
    public AttributeRule {
      values = Set.copyOf(values);
      if (least < 0 || most < Math.max(1, least)) {
        throw new IllegalArgumentException("at most must be 1 or more, and not below at least");
      }
    }

    /** Exactly one, of any value. */
    public static AttributeRule one(String type) {
      return new AttributeRule(type, 1, 1, Set.of());
    }

    /** Exactly one, of this value. */
    public static AttributeRule fixed(String type, String value) {
      return new AttributeRule(type, 1, 1, Set.of(value));
    }

    /** None or one. */
    public static AttributeRule optional(String type) {
      return new AttributeRule(type, 0, 1, Set.of());
    }
  }
}
