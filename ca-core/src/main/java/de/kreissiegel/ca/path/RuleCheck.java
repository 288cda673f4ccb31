package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.CertificateRole;
import de.kreissiegel.ca.policyset.CertificateRules;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.RuleFinding;
import de.kreissiegel.ca.policyset.Strictness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds each certificate of a path, the anchor included, against the rules of a policy set.
 *
 * @param faults rules that are required
 * @param advice rules that are advised
 */
record RuleCheck(List<PathFault> faults, List<PathFault> advice) {
  static RuleCheck of(PathFinder.Candidate way, PolicySet policySet, Instant time) {
    var faults = new ArrayList<PathFault>();
    var advice = new ArrayList<PathFault>();
    List<ReadCertificate> path = way.path();
    for (int i = 0; i <= path.size(); i++) {
      boolean isAnchor = i == path.size();
      ReadCertificate one = isAnchor ? way.anchor() : path.get(i);
      Optional<Instant> issuerEnd =
          isAnchor
              ? Optional.empty()
              : Optional.of(end(i + 1 == path.size() ? way.anchor() : path.get(i + 1)));
      for (RuleFinding finding :
          CertificateRules.check(policySet, one.encoded(), role(one, isAnchor), issuerEnd, time)) {
        (finding.strictness() == Strictness.REQUIRED ? faults : advice).add(fault(finding, i));
      }
    }
    return new RuleCheck(List.copyOf(faults), List.copyOf(advice));
  }

  /** An issuing authority may be somebody's anchor, too. */
  private static CertificateRole role(ReadCertificate one, boolean isAnchor) {
    if (isAnchor && one.isSelfIssued()) {
      return CertificateRole.ROOT;
    }
    return isAnchor || one.isAuthority() ? CertificateRole.ISSUING : CertificateRole.END_ENTITY;
  }

  private static Instant end(ReadCertificate one) {
    return one.certificate().getNotAfter().toInstant();
  }

  private static PathFault fault(RuleFinding finding, int position) {
    return new PathFault(
        finding.rule().id(),
        finding.rule().clause(),
        OptionalInt.of(position),
        Words.safe(finding.german()),
        Words.safe(finding.english()));
  }
}
