package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the desk hands an approved request to. */
public interface Issuing {
  /**
   * Makes the certificate.
   *
   * @return the request's state afterwards: issued; refused by linter or vault; or still approved
   *     where the vault can't be reached, to be gone on with by itself
   */
  CertificateRequest issue(CertificateRequest.Approved approved);

  /** With what an approved request is stored that is handed over at once by {@link #issueHeld}. */
  RequestBook.Hold hold();

  /**
   * The same as {@link #issue} for a request that was stored just now with {@link #hold}: nobody
   * else can have it in hand, and nobody has put it to a vault.
   *
   * @param seen what was looked up when it was stored; what wasn't is asked for
   */
  CertificateRequest issueHeld(CertificateRequest.Approved approved, Optional<SeenAtOpening> seen);

  /**
   * What an officer has to sign for the certificate to be made. The same for the same time.
   *
   * @param decided when the officer decides
   * @throws Refused UNKNOWN_PROFILE, DIRECTORY_UNAVAILABLE
   */
  ApprovalStatement statement(CertificateRequest.Content content, Instant decided) throws Refused;

  /**
   * Drafts the certificate and lints it, as if it were made now, and throws it away: so that who
   * sets a field hears at once what would be wrong with it. While the vault is out nothing is said.
   *
   * @return what the linter remarks, without keeping it from being issued
   * @throws Refused LINT, UNKNOWN_PROFILE, BAD_ALG, AUTHORITY_ENDING, DIRECTORY_UNAVAILABLE, …
   */
  List<LintFinding> rehearse(CertificateRequest.Content content) throws Refused;
}
