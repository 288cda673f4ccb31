package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** People as the directory knows them, with the offices that grants give them now. */
public final class Offices implements StaffLogin {
  private final StaffLogin directory;
  private final RunningGrants grants;
  private final InstantSource clock;

  public Offices(StaffLogin directory, RunningGrants grants, InstantSource clock) {
    this.directory = directory;
    this.grants = grants;
    this.clock = clock;
  }

  @Override
  public Optional<Actor.Person> logIn(String login, String password) throws DirectoryUnavailable {
    return directory.logIn(login, password).map(this::withGrants);
  }

  @Override
  public Optional<Actor.Person> named(String loginOrMail) throws DirectoryUnavailable {
    return directory.named(loginOrMail).map(this::withGrants);
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    return directory.current(person).map(this::withGrants);
  }

  private Actor.Person withGrants(Actor.Person person) {
    List<Grant.InForce> all = grants.all(person.id(), clock.instant());
    return person
        .standingInFor(tenants(all, Grant.Right.STAND_IN, person))
        .reading(tenants(all, Grant.Right.READ, person));
  }

  private static Set<TenantId> tenants(
      List<Grant.InForce> grants, Grant.Right right, Actor.Person person) {
    return grants.stream()
        .map(Grant.InForce::terms)
        .filter(terms -> terms.right() == right)
        .map(Grant.Terms::tenant)
        .filter(tenant -> Eligibility.mayHave(right, person, tenant))
        .collect(Collectors.toUnmodifiableSet());
  }
}
