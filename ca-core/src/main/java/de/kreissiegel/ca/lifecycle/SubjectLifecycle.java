package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Set;

/** The directory's changes, as the authority takes them in. */
public final class SubjectLifecycle {
  /** The subjects with a certificate that is still good or held, or with an open request. */
  public Set<SubjectId> watched() {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes in what one look at the directory found of subjects that left. Their certificates are
   * revoked and their open requests refused, each audited with its cause.
   *
   * <p>A brake stands before it: if more leave at once than the limit says, nothing is done but an
   * audit event, for a broken directory looks just like a district that left.
   *
   * @param left who left and how it was seen
   * @return how many certificates were revoked
   */
  public int subjectsLeft(List<Departure> left) {
    throw new UnsupportedOperationException();
  }

  /**
   * One who left.
   *
   * @param subject who
   * @param cause how it was seen, in English, as {@code entry disabled (employeeType=disabled)}
   */
  public record Departure(SubjectId subject, String cause) {}
}
