package de.kreissiegel.ca.path;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;

/**
 * How large the valid_policy_tree (RFC 5280 §6.1.2 (a)) of a path would become. It may double with
 * each mapping, for which reason RFC 9618 replaces it by a graph; here it is counted, level by
 * level and from above, before anybody builds it.
 */
final class PolicyGrowth {
  private static final String ANY = "2.5.29.32.0";

  private PolicyGrowth() {}

  /**
   * Whether a level of the tree may have more nodes than {@link PathLimits#POLICY_NODES}.
   *
   * @param path the end entity first
   */
  static boolean isTooMuch(List<ReadCertificate> path) {
    Map<String, Long> nodes = Map.of(ANY, 1L);
    Map<String, Set<String>> expected = Map.of();
    for (ReadCertificate certificate : path.reversed()) {
      nodes = next(nodes, expected, policies(certificate));
      expected = mappings(certificate);
      nodes = withMapped(nodes, expected);
      if (nodes.values().stream().mapToLong(Long::longValue).sum() > PathLimits.POLICY_NODES) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Long> next(
      Map<String, Long> nodes, Map<String, Set<String>> expected, Set<String> policies) {
    var next = new HashMap<String, Long>();
    long any = nodes.getOrDefault(ANY, 0L);
    for (String policy : policies) {
      if (any > 0) {
        next.merge(policy, any, PolicyGrowth::sum);
      }
    }
    nodes.forEach(
        (valid, count) -> {
          for (String one : expected.getOrDefault(valid, Set.of(valid))) {
            if (!one.equals(ANY) && (policies.contains(one) || policies.contains(ANY))) {
              next.merge(one, count, PolicyGrowth::sum);
            }
          }
        });
    return next;
  }

  /** A mapped policy gets a node of its own where there was only one of anyPolicy. */
  private static Map<String, Long> withMapped(
      Map<String, Long> nodes, Map<String, Set<String>> mappings) {
    long any = nodes.getOrDefault(ANY, 0L);
    if (any == 0 || mappings.isEmpty()) {
      return nodes;
    }
    var all = new HashMap<>(nodes);
    mappings.keySet().forEach(policy -> all.merge(policy, any, PolicyGrowth::sum));
    return all;
  }

  private static long sum(long one, long other) {
    return Math.min(one + other, Integer.MAX_VALUE);
  }

  private static Set<String> policies(ReadCertificate certificate) {
    Extension extension = certificate.extension(Extension.certificatePolicies);
    var policies = new HashSet<String>();
    if (extension != null) {
      for (PolicyInformation one :
          CertificatePolicies.getInstance(extension.getParsedValue()).getPolicyInformation()) {
        policies.add(one.getPolicyIdentifier().getId());
      }
    }
    return policies;
  }

  private static Map<String, Set<String>> mappings(ReadCertificate certificate) {
    Extension extension = certificate.extension(Extension.policyMappings);
    var mappings = new HashMap<String, Set<String>>();
    if (extension != null) {
      var sequence =
          org.bouncycastle.asn1.ASN1Sequence.getInstance(
              PolicyMappings.getInstance(extension.getParsedValue()).toASN1Primitive());
      for (var each : sequence) {
        var pair = org.bouncycastle.asn1.ASN1Sequence.getInstance(each);
        mappings
            .computeIfAbsent(pair.getObjectAt(0).toString(), _ -> new HashSet<>())
            .add(pair.getObjectAt(1).toString());
      }
    }
    return mappings;
  }
}
