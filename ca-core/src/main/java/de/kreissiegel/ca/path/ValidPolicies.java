package de.kreissiegel.ca.path;

import java.security.cert.PolicyNode;
import java.util.Iterator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The user-constrained-policy-set (RFC 5280 §6.1.6): of the tree's nodes those whose parent is
 * anyPolicy, in the anchor's words; where anyPolicy goes through to the end, what the user wants.
 */
final class ValidPolicies {
  private static final String ANY = "2.5.29.32.0";

  private ValidPolicies() {}

  static SortedSet<String> of(@Nullable PolicyNode tree, Set<String> wanted) {
    var policies = new TreeSet<String>();
    if (tree != null) {
      collect(tree, policies);
    }
    if (policies.remove(ANY)) {
      policies.addAll(wanted.isEmpty() ? Set.of(ANY) : wanted);
    }
    return policies;
  }

  private static void collect(PolicyNode node, SortedSet<String> policies) {
    Iterator<? extends PolicyNode> children = node.getChildren();
    while (children.hasNext()) {
      PolicyNode child = children.next();
      if (child.getValidPolicy().equals(ANY)) {
        if (child.getChildren().hasNext()) {
          collect(child, policies);
        } else {
          policies.add(ANY);
        }
      } else {
        policies.add(child.getValidPolicy());
      }
    }
  }
}
