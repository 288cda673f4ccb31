package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Which certificates are a person's own: those that name them or what they answer for. */
public final class Ownership {
  private static final System.Logger LOG = System.getLogger(Ownership.class.getName());

  private final SubjectDirectory directory;
  private final Function<SubjectId, Set<SubjectId>> pseudonyms;

  /**
   * @param pseudonyms the holders that stand for a person in pseudonymous certificates
   */
  public Ownership(SubjectDirectory directory, Function<SubjectId, Set<SubjectId>> pseudonyms) {
    this.directory = directory;
    this.pseudonyms = pseudonyms;
  }

  /** Of a house whose certificates are found by people's own ids alone. */
  public Ownership(SubjectDirectory directory) {
    this(directory, _ -> Set.of());
  }

  /**
   * The person and what they answer for. While the directory can't be asked, the person alone: what
   * is theirs without doubt stays in reach.
   */
  public Set<SubjectId> subjectsOf(Actor.Person person) {
    return subjectsOf(person.id());
  }

  /** The same of somebody who doesn't act. */
  public Set<SubjectId> subjectsOf(SubjectId person) {
    var subjects = new HashSet<SubjectId>();
    subjects.add(person);
    subjects.addAll(pseudonyms.apply(person));
    try {
      directory.inCareOf(person).stream().map(Subject::id).forEach(subjects::add);
    } catch (DirectoryUnavailable hindrance) {
      LOG.log(Level.WARNING, "what people answer for is not known: {0}", hindrance.getMessage());
    }
    return Set.copyOf(subjects);
  }

  /** Whether it is the actor's own, and of a tenant for which they may do this with their own. */
  public boolean holds(Actor actor, Action action, StoredCertificate certificate) {
    return actor instanceof Actor.Person person
        && certificate.tenant().filter(t -> AccessRules.allows(person, action, t)).isPresent()
        && certificate.subject().filter(s -> answersFor(person, s)).isPresent();
  }

  private boolean answersFor(Actor.Person person, SubjectId subject) {
    return subject.equals(person.id()) || subjectsOf(person).contains(subject);
  }
}
