package de.kreissiegel.ca.roles;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * People as the directory knows them, whose offices count only where they go together. Whoever
 * holds two that exclude each other holds none; that is noted once, and once more when it is over.
 */
public final class RoleGate implements StaffLogin {
  private static final Actor.Component SYSTEM = new Actor.Component("access");

  private final StaffLogin directory;
  private final ConflictBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final InstantSource clock;

  /** What this process has noted already, so that a look at a person is no question each time. */
  private final Map<SubjectId, Set<Office>> noted = new ConcurrentHashMap<>();

  /**
   * @param directory knows who there is, and what their groups give them
   */
  public RoleGate(
      StaffLogin directory,
      ConflictBook book,
      Transactions transactions,
      AuditTrail audit,
      InstantSource clock) {
    this.directory = directory;
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    book.lasting().forEach(one -> noted.put(one.person(), one.offices()));
  }

  @Override
  public Optional<Actor.Person> logIn(String login, String password) throws DirectoryUnavailable {
    return directory.logIn(login, password).map(this::checked);
  }

  @Override
  public Optional<Actor.Person> named(String loginOrMail) throws DirectoryUnavailable {
    return directory.named(loginOrMail).map(this::checked);
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    return directory.current(person).map(this::checked);
  }

  /**
   * Asks the directory about all whose conflict lasts: who is gone, disabled or of one office now
   * is seen by nobody else. A job's method.
   */
  public void lookAgain() throws DirectoryUnavailable {
    List<Conflict> lasting = book.lasting();
    noted.keySet().retainAll(lasting.stream().map(Conflict::person).collect(Collectors.toSet()));
    for (Conflict one : lasting) {
      if (current(one.person()).isEmpty()) {
        over(one);
        noted.remove(one.person());
      }
    }
  }

  private void over(Conflict conflict) {
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          boolean lasts = book.open(transaction, conflict.person()).isPresent();
          if (lasts) {
            book.end(
                transaction, conflict.person(), clock.instant().truncatedTo(ChronoUnit.MICROS));
            audit.append(
                transaction,
                SYSTEM,
                "access.role-conflict-over",
                Optional.empty(),
                "person:" + conflict.person(),
                "not in the directory any more");
          }
          return lasts;
        });
  }

  /** Those whose offices don't count now, as far as they were seen. */
  public List<Conflict> conflicts() {
    return book.lasting();
  }

  private Actor.Person checked(Actor.Person person) {
    Actor.Person checked = RoleMatrix.checked(person);
    Set<Office> conflict = checked.duties().refused();
    if (!conflict.equals(noted.getOrDefault(person.id(), Set.of()))) {
      note(person, conflict);
      if (conflict.isEmpty()) {
        noted.remove(person.id());
      } else {
        noted.put(person.id(), conflict);
      }
    }
    return checked;
  }

  private void note(Actor.Person person, Set<Office> conflict) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          Optional<Conflict> before = book.open(transaction, person.id());
          if (before.map(Conflict::offices).orElse(Set.of()).equals(conflict)) {
            return false; // another node noted it
          }
          before.ifPresent(_ -> book.end(transaction, person.id(), now));
          if (!conflict.isEmpty()) {
            book.begin(transaction, person.id(), person.displayName(), conflict, now);
          }
          audit.append(
              transaction,
              SYSTEM,
              conflict.isEmpty() ? "access.role-conflict-over" : "access.role-conflict",
              person.tenants().stream().sorted().findFirst(),
              "person:" + person.id(),
              "name=" + person.displayName() + " offices=" + names(conflict));
          return true;
        });
  }

  private static String names(Set<Office> offices) {
    return offices.stream().sorted().map(Office::name).collect(Collectors.joining(","));
  }
}
