package de.kreissiegel.ca.path;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.jcajce.PKIXExtendedParameters;

/** The algorithm of RFC 5280 §6.1, by Bouncy Castle; revocation is {@link StatusCheck}'s. */
final class Rfc5280Check {
  /**
   * Its end.
   *
   * @param policies user-constrained-policy-set, if there is no fault
   */
  record Outcome(Optional<PathFault> fault, SortedSet<String> policies) {
    static Outcome bad(PathFault fault) {
      return new Outcome(Optional.of(fault), new TreeSet<>());
    }
  }

  private Rfc5280Check() {}

  /** §6.1, without revocation. */
  static Outcome validate(PathFinder.Candidate way, PathOptions options, Instant time) {
    if (PolicyGrowth.isTooMuch(way.path())) {
      return Outcome.bad(PathReason.LIMIT.fault("valid_policy_tree"));
    }
    if (NameBounds.isTooMuch(way.path())) {
      return Outcome.bad(PathReason.LIMIT.fault("nameConstraints"));
    }
    try {
      PKIXParameters parameters =
          parameters(new TrustAnchor(way.anchor().certificate(), null), time);
      parameters.setRevocationEnabled(false);
      parameters.setExplicitPolicyRequired(options.explicitPolicy());
      parameters.setPolicyMappingInhibited(options.inhibitMapping());
      parameters.setAnyPolicyInhibited(options.inhibitAny());
      if (!options.initialPolicies().isEmpty()) {
        parameters.setInitialPolicies(options.initialPolicies());
      }
      PKIXCertPathValidatorResult result =
          run(way.path(), new PKIXExtendedParameters.Builder(parameters).build());
      return new Outcome(
          Optional.empty(), ValidPolicies.of(result.getPolicyTree(), options.initialPolicies()));
    } catch (CertPathValidatorException invalid) {
      return Outcome.bad(Diagnosis.of(invalid, way.path()));
    } catch (GeneralSecurityException | RuntimeException odd) {
      return Outcome.bad(PathReason.OTHER.fault(String.valueOf(odd.getMessage())));
    }
  }

  /**
   * §6.1 with the anchor's certificate as the first of the path, so that what it says of itself
   * holds, too: its end, pathLenConstraint, nameConstraints (RFC 5937).
   */
  static Optional<PathFault> validateWithAnchor(PathFinder.Candidate way, Instant time) {
    ReadCertificate anchor = way.anchor();
    var path = new java.util.ArrayList<>(way.path());
    path.add(anchor);
    try {
      PKIXParameters parameters =
          parameters(
              new TrustAnchor(anchor.subject(), anchor.certificate().getPublicKey(), null), time);
      parameters.setRevocationEnabled(false);
      run(path, new PKIXExtendedParameters.Builder(parameters).build());
      return Optional.empty();
    } catch (CertPathValidatorException invalid) {
      return Optional.of(Diagnosis.of(invalid, path));
    } catch (GeneralSecurityException | RuntimeException odd) {
      return Optional.of(PathReason.OTHER.fault(String.valueOf(odd.getMessage())));
    }
  }

  private static PKIXParameters parameters(TrustAnchor anchor, Instant time)
      throws GeneralSecurityException {
    var parameters = new PKIXParameters(Set.of(anchor));
    parameters.setDate(Date.from(time));
    parameters.setPolicyQualifiersRejected(false);
    return parameters;
  }

  private static PKIXCertPathValidatorResult run(
      List<ReadCertificate> path, PKIXExtendedParameters parameters)
      throws GeneralSecurityException {
    return (PKIXCertPathValidatorResult)
        CertPathValidator.getInstance("PKIX", Library.PROVIDER)
            .validate(
                Library.factory()
                    .generateCertPath(path.stream().map(ReadCertificate::certificate).toList()),
                parameters);
  }
}
