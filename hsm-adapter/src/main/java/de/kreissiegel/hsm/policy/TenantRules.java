package de.kreissiegel.hsm.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What certificates of one tenant may name.
 *
 * @param organization its organizationName, letter by letter
 * @param mailDomains where its mailboxes are: these domains and what is below them; lower case,
 *     A-labels
 * @param dnsDomains where its hosts are, likewise
 * @param subtree which values an attribute of the subject may have, by its type in dotted form;
 *     what isn't named here is free
 * @throws IllegalArgumentException if a domain is none
 */
public record TenantRules(
    String organization,
    Set<String> mailDomains,
    Set<String> dnsDomains,
    Map<String, Set<String>> subtree) {
  public TenantRules {
    mailDomains = Set.copyOf(mailDomains);
    dnsDomains = Set.copyOf(dnsDomains);
    Map<String, Set<String>> ordered = new TreeMap<>();
    subtree.forEach((type, values) -> ordered.put(type, Set.copyOf(values)));
    subtree = java.util.Collections.unmodifiableMap(ordered);
    mailDomains.forEach(TenantRules::requireDomain);
    dnsDomains.forEach(TenantRules::requireDomain);
  }

  /** With the same domains for mail and hosts, and nothing said of other attributes. */
  public static TenantRules of(String organization, Set<String> mail, Set<String> dns) {
    return new TenantRules(organization, mail, dns, Map.of());
  }

  private static void requireDomain(String domain) {
    if (!Domains.isName(domain) || !domain.equals(Domains.lower(domain))) {
      throw new IllegalArgumentException(
          "\"" + domain + "\" is no domain in lower case and A-labels, as stadt.example");
    }
  }
}
