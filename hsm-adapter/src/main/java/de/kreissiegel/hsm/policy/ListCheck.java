package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/** Holds a TBSCertList against a key's rules. */
final class ListCheck {
  private ListCheck() {}

  static void check(ListRules rules, KeyFacts key, TbsCertList list, Instant now)
      throws SigningRefused, NotDer {
    require(
        list.issuer().equals(rules.issuer()),
        "issuer",
        "the list names another issuer than this key's");
    require(
        list.algorithm().equals(key.signatureAlgorithm()),
        "signature-algorithm",
        "the algorithm in the list is not this key's");
    require(
        !list.thisUpdate().isBefore(now.minus(rules.backdating())),
        "backdating",
        "thisUpdate lies more than " + rules.backdating() + " in the past");
    require(
        !list.thisUpdate().isAfter(now.plus(rules.backdating())),
        "postdating",
        "thisUpdate lies more than " + rules.backdating() + " in the future");
    require(
        list.nextUpdate().isAfter(list.thisUpdate()),
        "validity",
        "nextUpdate is not after thisUpdate");
    require(
        Duration.between(list.thisUpdate(), list.nextUpdate()).compareTo(rules.longestValidity())
            <= 0,
        "longest-validity",
        "nextUpdate is more than " + rules.longestValidity() + " after thisUpdate");
    require(
        list.extensions().find(ExtensionList.CRL_NUMBER).isPresent(),
        "crl-number",
        "the list has no number");
    var scope = list.extensions().find(ExtensionList.DISTRIBUTION_POINT);
    if (scope.isPresent()) {
      byte[] value = scope.get().value();
      IssuingDistributionPoint point =
          Parsed.of(
              "issuingDistributionPoint", value, () -> IssuingDistributionPoint.getInstance(value));
      require(!point.isIndirectCRL(), "indirect-crl", "the list speaks for other issuers");
    }
  }
}
