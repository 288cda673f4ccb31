package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether a certificate is to be believed. */
public final class PathValidation {
  private final PathQuestion question;
  private final PathOptions options;
  private final List<ReadCertificate> anchors;
  private final List<ReadCertificate> pool;
  private final List<ReadList> lists;
  private final PathFinder finder;

  private PathValidation(PathQuestion question) throws UnreadableMaterial {
    this.question = question;
    this.options = question.options();
    this.anchors = read(question.anchors());
    this.pool = read(question.others());
    var read = new ArrayList<ReadList>();
    for (Bytes list : question.lists()) {
      read.add(Library.list(list));
    }
    this.lists = read;
    this.finder = new PathFinder(anchors, pool);
  }

  /**
   * Looks for a path from the certificate to an anchor and validates it; if there are several,
   * until one is good. Of those that aren't, the one that came farthest is told of.
   */
  public static PathVerdict verify(PathQuestion question) {
    PathCertificate unread = new PathCertificate(question.certificate(), "", "");
    String excess = excess(question);
    if (!excess.isEmpty()) {
      return new PathVerdict.Invalid(List.of(unread), List.of(PathReason.LIMIT.fault(excess)));
    }
    try {
      ReadCertificate certificate = Library.certificate(question.certificate());
      return new PathValidation(question).verify(certificate);
    } catch (UnreadableMaterial unreadable) {
      return new PathVerdict.Invalid(List.of(unread), List.of(PathReason.UNREADABLE.fault("")));
    }
  }

  private static String excess(PathQuestion question) {
    long octets = question.lists().stream().mapToLong(Bytes::length).sum();
    if (question.anchors().size() + question.others().size() > PathLimits.ITEMS + 1) {
      return "> " + PathLimits.ITEMS + " certificates";
    }
    if (question.lists().size() > PathLimits.ITEMS || octets > PathLimits.FILE) {
      return "> " + PathLimits.ITEMS + " CRLs, or > 64 MiB";
    }
    boolean large =
        question.certificate().length() > PathLimits.CERTIFICATE
            || question.others().stream().anyMatch(one -> one.length() > PathLimits.CERTIFICATE)
            || question.anchors().stream().anyMatch(one -> one.length() > PathLimits.CERTIFICATE);
    return large ? "> 64 KiB" : "";
  }

  private static List<ReadCertificate> read(List<Bytes> encoded) throws UnreadableMaterial {
    var read = new ArrayList<ReadCertificate>();
    for (Bytes one : encoded) {
      read.add(Library.certificate(one));
    }
    return List.copyOf(read);
  }

  private PathVerdict verify(ReadCertificate certificate) {
    PathFinder.Found found = finder.find(certificate);
    if (found.candidates().isEmpty()) {
      PathFinder.DeadEnd end = found.deadEnd().orElseThrow();
      return new PathVerdict.Invalid(told(end.path(), null), List.of(end.fault()));
    }
    Attempt best = null;
    for (PathFinder.Candidate way : found.candidates()) {
      Attempt attempt = attempt(way);
      if (attempt.verdict() instanceof PathVerdict.Valid) {
        return attempt.verdict();
      }
      if (best == null || attempt.stage() > best.stage()) {
        best = attempt;
      }
    }
    return java.util.Objects.requireNonNull(best).verdict();
  }

  /** How one way ended; of two bad ones the later stage tells more. */
  private record Attempt(PathVerdict verdict, int stage) {}

  private Attempt attempt(PathFinder.Candidate way) {
    Rfc5280Check.Outcome outcome = Rfc5280Check.validate(way, options, question.time());
    if (outcome.fault().isPresent()) {
      return bad(way, List.of(outcome.fault().get()), 0);
    }
    Optional<PathFault> constrained = constrained(way);
    if (constrained.isPresent()) {
      return bad(way, List.of(constrained.get()), 1);
    }
    var faults = new ArrayList<PathFault>();
    boolean checked = !lists.isEmpty();
    if (checked) {
      new StatusCheck(pool, lists, finder, options.policySet(), question.time())
          .fault(way, options)
          .ifPresent(faults::add);
    } else if (options.statusRequired()) {
      faults.add(PathReason.STATUS_UNCHECKED.fault(""));
    }
    RuleCheck rules = RuleCheck.of(way, options.policySet(), question.time());
    faults.addAll(rules.faults());
    options
        .purpose()
        .ifPresent(
            purpose ->
                faults.addAll(PurposeCheck.faults(way.path(), purpose, options.policySet())));
    faults.addAll(NameCheck.faults(way.path().getFirst(), options.names(), options.policySet()));
    return faults.isEmpty()
        ? new Attempt(
            new PathVerdict.Valid(
                told(way.path(), way.anchor()), outcome.policies(), checked, rules.advice()),
            3)
        : bad(way, faults, 2);
  }

  /** What RFC 5280 leaves to others: RFC 9598, and, if we are stricter, the anchor itself. */
  private Optional<PathFault> constrained(PathFinder.Candidate way) {
    var path = new ArrayList<>(way.path());
    if (options.policySet() == PolicySet.RFC5280) {
      return MailboxConstraints.fault(path);
    }
    path.add(way.anchor());
    int position = way.path().size();
    if (ended(way.anchor())) {
      return Optional.of(PathReason.EXPIRED.at(position, ""));
    }
    Optional<PathFault> mailbox = MailboxConstraints.fault(path);
    if (mailbox.isPresent()) {
      return mailbox;
    }
    return way.anchor().isSelfIssued()
        ? Rfc5280Check.validateWithAnchor(way, question.time())
        : Optional.empty();
  }

  private boolean ended(ReadCertificate anchor) {
    Instant time = question.time();
    return anchor.certificate().getNotAfter().before(Date.from(time));
  }

  private static Attempt bad(PathFinder.Candidate way, List<PathFault> faults, int stage) {
    return new Attempt(new PathVerdict.Invalid(told(way.path(), way.anchor()), faults), stage);
  }

  private static List<PathCertificate> told(
      List<ReadCertificate> path, @Nullable ReadCertificate anchor) {
    var told = new ArrayList<PathCertificate>();
    path.forEach(one -> told.add(one.told()));
    if (anchor != null) {
      told.add(anchor.told());
    }
    return told;
  }
}
