package de.kreissiegel.ca.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds paths from a certificate to an anchor by names and signatures (RFC 4158), depth first and
 * within bounds; whether they are valid is not its question.
 */
final class PathFinder {
  /**
   * A way to an anchor.
   *
   * @param path the certificate first, without the anchor
   */
  record Candidate(List<ReadCertificate> path, ReadCertificate anchor) {}

  /**
   * What was found.
   *
   * @param candidates the shortest ways come not always first
   * @param deadEnd how far it went, and why not on, if there are no candidates
   */
  record Found(List<Candidate> candidates, Optional<DeadEnd> deadEnd) {}

  record DeadEnd(List<ReadCertificate> path, PathFault fault) {}

  private final List<ReadCertificate> anchors;
  private final List<ReadCertificate> pool;
  private int verifications;

  PathFinder(List<ReadCertificate> anchors, List<ReadCertificate> pool) {
    this.anchors = anchors;
    this.pool = pool.stream().filter(one -> !anchors.contains(one)).distinct().toList();
  }

  Found find(ReadCertificate certificate) {
    var search = new Search();
    search.goOn(new ArrayList<>(List.of(certificate)));
    return new Found(
        List.copyOf(search.candidates),
        search.candidates.isEmpty() ? Optional.ofNullable(search.deadEnd) : Optional.empty());
  }

  /** One search's state. */
  private final class Search {
    private final List<Candidate> candidates = new ArrayList<>();
    private @org.jspecify.annotations.Nullable DeadEnd deadEnd;

    void goOn(List<ReadCertificate> path) {
      ReadCertificate last = path.getLast();
      boolean named = false;
      boolean signed = false;
      for (ReadCertificate anchor : anchors) {
        if (anchor.subject().equals(last.issuer())) {
          named = true;
          if (signedBy(last, anchor, path)) {
            signed = true;
            take(new Candidate(List.copyOf(path), anchor));
          }
        }
      }
      for (ReadCertificate issuer : pool) {
        if (candidates.size() < PathLimits.CANDIDATES
            && issuer.subject().equals(last.issuer())
            && !path.contains(issuer)) {
          named = true;
          if (signedBy(last, issuer, path)) {
            signed = true;
            step(path, issuer);
          }
        }
      }
      if (!signed) {
        int position = path.size() - 1;
        stop(
            path,
            named
                ? PathReason.SIGNATURE.at(position, "")
                : PathReason.NO_PATH.at(position, Words.safe(last.issuer().getName())));
      }
    }

    private void step(List<ReadCertificate> path, ReadCertificate issuer) {
      if (path.size() >= PathLimits.PATH) {
        stop(path, PathReason.LIMIT.fault("> " + PathLimits.PATH));
        return;
      }
      path.add(issuer);
      goOn(path);
      path.removeLast();
    }

    private boolean signedBy(
        ReadCertificate below, ReadCertificate above, List<ReadCertificate> path) {
      if (verifications >= PathLimits.VERIFICATIONS) {
        stop(path, PathReason.LIMIT.fault("> " + PathLimits.VERIFICATIONS));
        return false;
      }
      verifications++;
      return Library.verifies(below, Library.key(above));
    }

    private void take(Candidate candidate) {
      if (candidates.size() < PathLimits.CANDIDATES) {
        candidates.add(candidate);
      }
    }

    /** The farthest dead end tells most. */
    private void stop(List<ReadCertificate> path, PathFault fault) {
      if (deadEnd == null || path.size() > deadEnd.path().size()) {
        deadEnd = new DeadEnd(List.copyOf(path), fault);
      }
    }
  }
}
