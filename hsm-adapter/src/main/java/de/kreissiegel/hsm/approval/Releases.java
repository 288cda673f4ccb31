package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The front door for what is decrypted: requires that enough officers have approved, and writes the
 * receipt. Purpose, scheme and rate are the key's policy's. Safe for use by many threads.
 */
public final class Releases {
  private final Officers officers;
  private final Clock clock;

  /**
   * Opens the door.
   *
   * @param issuers the vault's keys that sign certificates
   * @param register what the vault signed for officers
   */
  public Releases(KnownIssuers issuers, OfficerRegister register, Clock clock) {
    this.officers = new Officers(issuers, register, clock);
    this.clock = clock;
  }

  /**
   * What may be opened.
   *
   * @param receipt what the journal's key has to sign, and the journal to hold, before anything of
   *     the opened octets gets out
   */
  public record Granted(List<Approver> approvers, ReleaseReceipt receipt) {
    public Granted {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * Requires the approvals of that many different officers over the same matter. A key that unwraps
   * needs at least one, whatever its policy says.
   *
   * @param needed how many officers the key's policy asks for
   * @param rules who is an officer; none only where no officer is needed
   * @throws SigningRefused with {@code POLICY} and the rule's name first in the message: {@code
   *     approval-…}
   */
  public Granted check(ReleaseRequest request, int needed, Optional<OfficerRules> rules)
      throws SigningRefused {
    Bytes encrypted = Digests.sha256(request.encrypted().toArray());
    int atLeast = request.purpose() == ReleaseRequest.Purpose.UNWRAP ? Math.max(1, needed) : needed;
    require(
        rules.isPresent() || request.evidence().isEmpty(),
        "approval-unasked",
        "the key's policy names no officers; leave their signatures out");
    List<Officers.Vote<ReleaseStatement>> votes = List.of();
    if (rules.isPresent()) {
      votes =
          officers.votes(
              request.evidence(),
              Identifiers.RELEASE_STATEMENT,
              ReleaseStatement::decode,
              rules.get());
    }
    for (Officers.Vote<ReleaseStatement> vote : votes) {
      sameRelease(request, encrypted, vote.statement());
      require(
          vote.statement().sameMatter(votes.getFirst().statement()),
          "approval-reason",
          "the officers approved with different owners, reasons or tenants");
    }
    require(
        votes.size() >= atLeast,
        "approval-missing",
        "%d of %d approvals came along".formatted(votes.size(), atLeast));
    return new Granted(
        votes.stream().map(Officers.Vote::approver).toList(),
        new ReleaseReceipt(
            request.id(),
            request.key(),
            request.purpose(),
            request.scheme(),
            encrypted,
            votes.stream()
                .map(vote -> Digests.sha256(vote.statement().encoded().toArray()))
                .toList(),
            clock.instant()));
  }

  private static void sameRelease(
      ReleaseRequest request, Bytes encrypted, ReleaseStatement approved) throws SigningRefused {
    same(request.id(), approved.request(), "request", "another request");
    same(request.key(), approved.key(), "key", "another key of the vault");
    same(encrypted, approved.encrypted(), "encrypted", "another encrypted value");
  }

  private static void same(Object asked, Object approved, String rule, String what)
      throws SigningRefused {
    require(asked.equals(approved), "approval-" + rule, "what was approved is for " + what);
  }
}
