package de.kreissiegel.ca.path;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was found. */
public sealed interface PathVerdict {
  /**
   * The path, the certificate that was asked about first, the anchor last. Of an invalid one what
   * was found of it: at least the certificate itself.
   */
  List<PathCertificate> path();

  /** The path is valid; only {@link PathValidation} says so. */
  final class Valid implements PathVerdict {
    private final List<PathCertificate> path;
    private final SortedSet<String> policies;
    private final boolean statusChecked;
    private final List<PathFault> advice;

    Valid(
        List<PathCertificate> path,
        SortedSet<String> policies,
        boolean statusChecked,
        List<PathFault> advice) {
      this.path = List.copyOf(path);
      this.policies = new TreeSet<>(policies);
      this.statusChecked = statusChecked;
      this.advice = List.copyOf(advice);
    }

    @Override
    public List<PathCertificate> path() {
      return path;
    }

    /**
     * The user-constrained-policy-set (RFC 5280 §6.1.6): object identifiers, {@code 2.5.29.32.0}
     * for any; empty if the path is valid under no policy.
     */
    public SortedSet<String> policies() {
      return new TreeSet<>(policies);
    }

    /** Whether a current CRL spoke for each certificate of the path. */
    public boolean statusChecked() {
      return statusChecked;
    }

    /** What the policy set advises against. */
    public List<PathFault> advice() {
      return advice;
    }
  }

  /**
   * It is not valid.
   *
   * @param faults at least one, the gravest first
   */
  record Invalid(List<PathCertificate> path, List<PathFault> faults) implements PathVerdict {
    public Invalid {
      path = List.copyOf(path);
      faults = List.copyOf(faults);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("an invalid path has a fault");
      }
    }

    /** The gravest. */
    public PathFault fault() {
      return faults.getFirst();
    }
  }
}
