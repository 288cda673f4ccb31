package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.policy.SecurityKeyRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Turns evidence into votes: who signed which statement, and that they are an officer for it. */
final class Officers {
  private static final int MOST_EVIDENCE = 16;

  /** Clocks of officers' machines differ a little from the vault's. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final KnownIssuers issuers;
  private final OfficerRegister register;
  private final Clock clock;

  Officers(KnownIssuers issuers, OfficerRegister register, Clock clock) {
    this.issuers = issuers;
    this.register = register;
    this.clock = clock;
  }

  /** A statement, and who stands behind it. */
  record Vote<S extends Statement>(
      S statement, OfficerCertificate certificate, Approver.Means means) {
    Approver approver() {
      return new Approver(
          certificate.scope().orElseThrow().person(),
          certificate.digest(),
          means,
          statement.decided());
    }
  }

  /** Reads a statement of one kind. */
  @FunctionalInterface
  interface Decoder<S> {
    S decode(Bytes octets) throws MalformedEvidence;
  }

  /**
   * The votes of different officers; whatever else than votes is in the evidence stays there.
   *
   * @throws SigningRefused if any of them doesn't hold
   */
  <S extends Statement> List<Vote<S>> votes(
      List<Evidence> evidence, ASN1ObjectIdentifier type, Decoder<S> decoder, OfficerRules rules)
      throws SigningRefused {
    require(
        evidence.size() <= MOST_EVIDENCE,
        "approval-size",
        "more than " + MOST_EVIDENCE + " pieces of evidence");
    List<Vote<S>> votes = new ArrayList<>();
    try {
      for (Evidence one : evidence) {
        switch (one) {
          case Evidence.OfficerSignature signature -> {
            OfficerMessage message = OfficerMessage.verified(signature.signedData(), type);
            votes.add(
                new Vote<>(
                    decoder.decode(message.content()),
                    message.certificate(),
                    Approver.Means.CERTIFICATE));
          }
          case Evidence.SecurityKeyAssertion assertion ->
              votes.add(
                  new Vote<>(
                      decoder.decode(assertion.statement()),
                      securityKey(assertion, rules),
                      Approver.Means.SECURITY_KEY));
          case Evidence.ProofOfPossession _ -> {
            // no officer's
          }
        }
      }
    } catch (MalformedEvidence malformed) {
      throw Refusal.of("approval-malformed", String.valueOf(malformed.getMessage()));
    }
    for (Vote<S> vote : votes) {
      officer(vote, rules);
    }
    different(votes);
    return votes;
  }

  private OfficerCertificate securityKey(
      Evidence.SecurityKeyAssertion assertion, OfficerRules rules)
      throws MalformedEvidence, SigningRefused {
    Optional<SecurityKeyRules> keys = rules.securityKeys();
    if (keys.isEmpty()) {
      throw Refusal.of("approval-security-key", "the policy lets no security keys count");
    }
    return new SecurityKeyCheck(keys.get(), register.counters())
        .verified(assertion, clock.instant());
  }

  private <S extends Statement> void officer(Vote<S> vote, OfficerRules rules)
      throws SigningRefused {
    OfficerCertificate certificate = vote.certificate();
    S statement = vote.statement();
    Instant now = clock.instant();
    KnownIssuers.Issuer issuer = issuerOf(certificate);
    OfficerScope scope =
        certificate
            .scope()
            .orElseThrow(
                () -> Refusal.of("approval-officer-scope", "the certificate is no officer's"));
    require(
        certificate.signs(),
        "approval-officer-key-usage",
        "the officer's certificate is not for digital signatures");
    require(
        certificate.validAt(now) && certificate.validAt(statement.decided().plus(CLOCKS)),
        "approval-officer-validity",
        "the officer's certificate is not valid, or was not when they decided");
    register.requireGood(issuer.key(), certificate, rules, now);
    require(
        scope.covers(statement.tenant()),
        "approval-officer-tenant",
        "the officer does not decide for the tenant " + statement.tenant());
    require(
        !scope.isPerson(statement.applicant()),
        "approval-own-application",
        "nobody approves what they applied for");
    require(
        !statement.decided().isAfter(now.plus(CLOCKS)),
        "approval-future",
        "the officer's decision lies in the future; set the clocks");
    require(
        !statement.decided().plus(rules.oldestApproval()).isBefore(now),
        "approval-too-old",
        "the officer decided more than " + rules.oldestApproval() + " ago; ask them again");
  }

  private KnownIssuers.Issuer issuerOf(OfficerCertificate certificate) throws SigningRefused {
    for (KnownIssuers.Issuer issuer : issuers.named(certificate.issuer())) {
      if (Signatures.hold(
          issuer.algorithm(),
          issuer.publicKey(),
          certificate.tbs().toArray(),
          certificate.signature().toArray())) {
        return issuer;
      }
    }
    throw Refusal.of(
        "approval-officer-issuer", "the officer's certificate was not signed by this vault");
  }

  /** By person, by key and by name. */
  private static <S extends Statement> void different(List<Vote<S>> votes) throws SigningRefused {
    for (int i = 0; i < votes.size(); i++) {
      OfficerCertificate one = votes.get(i).certificate();
      for (Vote<S> other : votes.subList(0, i)) {
        OfficerCertificate before = other.certificate();
        require(
            !before.scope().orElseThrow().isPerson(one.scope().orElseThrow().person())
                && !before.encodedKey().equals(one.encodedKey())
                && !before.isNamed(one.subject(), one.alternativeNames()),
            "approval-four-eyes",
            "the officers must be different people");
        require(
            OfficerScope.plain(votes.get(i).statement().applicant())
                .equals(OfficerScope.plain(other.statement().applicant())),
            "approval-applicant",
            "the officers were told of different applicants");
      }
    }
  }
}
