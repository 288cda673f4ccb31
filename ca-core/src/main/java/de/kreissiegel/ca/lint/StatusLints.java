package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where status is told, and policies: RFC 5280 §4.2.1.4, §4.2.1.13, §4.2.2.1. */
final class StatusLints {
  private static final int LONGEST_NOTICE = 200;

  private StatusLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "rfc5280.crl-points",
            "RFC 5280 §4.2.1.13",
            "Jeder Sperrlistenpunkt hat einen Namen oder einen cRLIssuer, und es gibt einen.",
            "Each distribution point has a name or a cRLIssuer, and there is one.",
            (it, report) ->
                report.require(
                    !it.extensions().has(Oids.CRL_DISTRIBUTION_POINTS)
                        || !it.extensions().crlPoints().isEmpty()
                            && it.extensions().crlPoints().stream()
                                .allMatch(point -> point.named() || point.issuer()))),
        error(
            "rfc5280.crl-points-critical",
            "RFC 5280 §4.2.1.13",
            "cRLDistributionPoints ist nicht kritisch.",
            "cRLDistributionPoints is not critical.",
            (it, report) ->
                report.require(!it.extensions().isCritical(Oids.CRL_DISTRIBUTION_POINTS))),
        error(
            "rfc5280.crl-points-address",
            "RFC 5280 §4.2.1.13, §8",
            "Jeder Sperrlistenpunkt mit URI hat eine, die mit http:// anfängt.",
            "Each distribution point with a URI has one that begins with http://.",
            StatusLints::pointAddresses),
        error(
            "rfc5280.info-access-empty",
            "RFC 5280 §4.2.2.1",
            "authorityInfoAccess hat mindestens einen Eintrag.",
            "authorityInfoAccess has at least one entry.",
            (it, report) ->
                report.require(
                    !it.extensions().has(Oids.AUTHORITY_INFO_ACCESS)
                        || !it.extensions().infoAccess().isEmpty())),
        error(
            "rfc5280.info-access-address",
            "RFC 5280 §4.2.2.1, §8",
            "OCSP und caIssuers sind URIs, die mit http:// anfangen.",
            "OCSP and caIssuers are URIs that begin with http://.",
            StatusLints::accessAddresses),
        error(
            "rfc5280.policies-duplicate",
            "RFC 5280 §4.2.1.4",
            "Keine Richtlinie steht zweimal da, und es gibt mindestens eine.",
            "No policy is there twice, and there is at least one.",
            StatusLints::policies),
        error(
            "rfc5280.policy-qualifiers",
            "RFC 5280 §4.2.1.4",
            "Richtlinien haben nur die bekannten Zusätze, Texte als UTF8String bis 200 Zeichen.",
            "Policies have the known qualifiers only, texts as UTF8String of up to 200 characters.",
            StatusLints::qualifiers),
        warning(
            "house.policy-any",
            "RFC 5280 §4.2.1.4",
            "Ein Endzertifikat nennt seine Richtlinien und nicht anyPolicy.",
            "An end entity's certificate names its policies and not anyPolicy.",
            (it, report) ->
                report.require(
                    it.extensions().policies().stream()
                        .noneMatch(policy -> policy.oid().equals(Oids.ANY_POLICY)))));
  }

  private static void pointAddresses(Case it, Report report) {
    for (ExtensionValues.Point point : it.extensions().crlPoints()) {
      boolean uri = false;
      boolean http = false;
      for (ReadGeneralName name : point.names()) {
        if (name.form() == ReadGeneralName.URI) {
          uri = true;
          http |= NameForms.isHttp(name.text());
        }
      }
      report.require(!uri || http);
    }
  }

  private static void accessAddresses(Case it, Report report) {
    for (ExtensionValues.Access access : it.extensions().infoAccess()) {
      boolean known =
          access.method().equals(Oids.AD_OCSP) || access.method().equals(Oids.AD_CA_ISSUERS);
      report.require(
          !known
              || access.location().form() == ReadGeneralName.URI
                  && NameForms.isHttp(access.location().text()),
          access.location().text());
    }
  }

  private static void policies(Case it, Report report) {
    Set<String> seen = new HashSet<>();
    for (ExtensionValues.Policy policy : it.extensions().policies()) {
      report.require(seen.add(policy.oid()), policy.oid());
    }
    report.require(!it.extensions().has(Oids.CERTIFICATE_POLICIES) || !seen.isEmpty());
  }

  private static void qualifiers(Case it, Report report) {
    for (ExtensionValues.Policy policy : it.extensions().policies()) {
      for (ExtensionValues.Qualifier qualifier : policy.qualifiers()) {
        boolean right =
            switch (qualifier.type()) {
              case Oids.QUALIFIER_CPS ->
                  qualifier.value().is(Der.IA5_STRING) && NameForms.isUri(qualifier.value().text());
              case Oids.QUALIFIER_NOTICE -> isNotice(qualifier.value());
              default -> false;
            };
        report.require(right, policy.oid());
      }
    }
  }

  /** UserNotice with an explicitText alone: noticeRef has gone out of use (RFC 5280 §4.2.1.4). */
  private static boolean isNotice(Der notice) {
    return notice.is(Der.SEQUENCE)
        && notice.children().size() == 1
        && notice.children().getFirst().is(Der.UTF8_STRING)
        && notice.children().getFirst().text().length() <= LONGEST_NOTICE;
  }
}
