package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The front door for certificates: requires that those have approved who have to. Safe for use by
 * many threads.
 *
 * <p>Each approval must be over exactly this certificate, as the vault reads it from the octets
 * that it is going to sign; an approval that came along and doesn't hold is refused even where none
 * is needed, so that the journal holds none that isn't one. An approval is good for the one request
 * that it names; that the same request isn't signed twice is the journal's care.
 */
public final class Approvals {
  private static final Bytes NONE = Bytes.of(new byte[0]);
  private static final int FOUR_EYES = 2;

  private final Officers officers;
  private final OfficerRegister register;

  /**
   * Opens the door.
   *
   * @param issuers the vault's keys that sign certificates
   * @param register what the vault signed for officers
   */
  public Approvals(KnownIssuers issuers, OfficerRegister register, Clock clock) {
    this.officers = new Officers(issuers, register, clock);
    this.register = register;
  }

  /**
   * Requires what the rule asks for. An officer's own certificate needs two officers whatever the
   * rule says, but for the first officers' keys, each once.
   *
   * @param asked what the TBSCertificate says
   * @param rule what its kind needs
   * @param rules who is an officer
   * @return who approved, in the order of the evidence
   * @throws SigningRefused with {@code POLICY} and the rule's name first in the message: {@code
   *     approval-…} or {@code proof-of-possession}
   */
  public List<Approver> check(
      AskedCertificate asked, ApprovalRule rule, OfficerRules rules, List<Evidence> evidence)
      throws SigningRefused {
    Possession.check(asked, rule, evidence);
    Optional<OfficerScope> made = officerMade(asked, rules);
    List<Officers.Vote<ApprovalStatement>> votes =
        officers.votes(evidence, Identifiers.APPROVAL_STATEMENT, ApprovalStatement::decode, rules);
    for (Officers.Vote<ApprovalStatement> vote : votes) {
      sameCertificate(asked, vote.statement());
      require(
          !vote.certificate().isNamed(asked.subject(), asked.alternativeNames().orElse(NONE))
              && !vote.certificate().encodedKey().equals(asked.publicKey()),
          "approval-own-certificate",
          "nobody approves a certificate of their own");
      require(
          made.isEmpty() || vote.certificate().scope().orElseThrow().covers(made.get()),
          "approval-officer-tenant",
          "nobody makes an officer for tenants that they don't decide for themselves");
    }
    int needed = needed(asked, rule, rules);
    if (votes.size() < needed) {
      throw Refusal.of(
          "approval-missing", "%d of %d approvals came along".formatted(votes.size(), needed));
    }
    return votes.stream().map(Officers.Vote::approver).toList();
  }

  /**
   * Whom the certificate would make an officer: those of the officers' kind and no others do, and
   * they name the person whom the certificate is for.
   */
  private static Optional<OfficerScope> officerMade(AskedCertificate asked, OfficerRules rules)
      throws SigningRefused {
    boolean officers = asked.kind().equals(rules.kind());
    Optional<OfficerScope> scope = Optional.empty();
    if (asked.directoryAttributes().isPresent()) {
      try {
        scope = Optional.of(OfficerScope.ofExtension(asked.directoryAttributes().get()));
      } catch (MalformedEvidence malformed) {
        throw Refusal.of("approval-officer-scope", String.valueOf(malformed.getMessage()));
      }
    }
    require(
        officers == scope.isPresent(),
        "approval-officer-scope",
        "certificates of the kind " + rules.kind() + ", and no others, carry an officer's scope");
    if (scope.isPresent()) {
      require(
          Names.comparable(
                  asked.alternativeNames().orElse(NONE), GeneralName.uniformResourceIdentifier)
              .stream()
              .anyMatch(scope.get()::isPerson),
          "approval-officer-scope",
          "the scope names another person than the certificate's subjectAltName");
    }
    return scope;
  }

  private int needed(AskedCertificate asked, ApprovalRule rule, OfficerRules rules) {
    if (!asked.kind().equals(rules.kind())) {
      return rule.officers();
    }
    boolean first =
        rules.firstOfficers().contains(Digests.sha256(asked.publicKey().toArray()))
            && !register.hasSeenKey(asked.publicKey());
    return first ? 0 : FOUR_EYES;
  }

  private static void sameCertificate(AskedCertificate asked, ApprovalStatement approved)
      throws SigningRefused {
    same(asked.request(), approved.request(), "request", "another request");
    same(asked.key(), approved.key(), "key", "another key of the vault");
    same(asked.kind(), approved.profile(), "profile", "another profile");
    same(asked.subject(), approved.subject(), "subject", "another subject");
    same(
        asked.alternativeNames().orElse(NONE),
        approved.alternativeNames(),
        "names",
        "other alternative names");
    same(asked.publicKey(), approved.publicKey(), "public-key", "another public key");
    same(asked.tenant().orElse(""), approved.tenant(), "tenant", "another tenant");
    same(
        asked.directoryAttributes().orElse(NONE),
        approved.directoryAttributes(),
        "scope",
        "another officer's scope");
    require(
        !asked.notAfter().isAfter(approved.latestNotAfter())
            && Duration.between(asked.notBefore(), asked.notAfter()).compareTo(approved.longest())
                <= 0,
        "approval-validity",
        "the certificate is valid for longer than what was approved");
  }

  private static void same(Object asked, Object approved, String rule, String what)
      throws SigningRefused {
    require(asked.equals(approved), "approval-" + rule, "what was approved is for " + what);
  }
}
