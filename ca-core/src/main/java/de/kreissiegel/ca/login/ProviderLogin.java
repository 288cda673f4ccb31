package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.util.Comparator;
import java.util.Optional;

/**
 * Logs people in for whom an OpenID provider vouches. Who there is says the directory: a name that
 * it doesn't know, or that two have, is nobody's. It counts as a password does, for how well the
 * provider asks we don't see.
 */
public final class ProviderLogin {
  private static final String OBJECT = "openid";
  private static final int LONGEST = 256;
  private static final Comparator<TenantId> BY_ID = Comparator.comparing(TenantId::value);

  private final StaffLogin staff;
  private final AuditTrail audit;
  private final Transactions transactions;

  public ProviderLogin(StaffLogin staff, AuditTrail audit, Transactions transactions) {
    this.staff = staff;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** What the provider calls a person by. */
  public enum Names {
    /** The log-in name or mail address of their entry. */
    LOGIN,
    /** The id of their entry. */
    ID
  }

  /**
   * Whose a name is, at the beginning of a session; the audit trail tells of it.
   *
   * @param name that the provider vouches for
   * @return empty if nobody has it, or several, or their account may not work
   */
  public Optional<Actor.Person> logIn(Names names, String name) throws DirectoryUnavailable {
    Optional<Actor.Person> person =
        name.isBlank() || name.length() > LONGEST
            ? Optional.empty()
            : find(names, name).map(one -> one.provenBy(Proof.PASSWORD));
    if (person.isPresent()) {
      Optional<TenantId> tenant = person.get().tenants().stream().sorted(BY_ID).findFirst();
      note(person.get(), "login.succeeded", tenant, "proof=openid");
    } else {
      note(
          new Actor.Component("login"), "login.refused", Optional.empty(), "why=NOBODY_OR_SEVERAL");
    }
    return person;
  }

  private Optional<Actor.Person> find(Names names, String name) throws DirectoryUnavailable {
    return switch (names) {
      case LOGIN -> staff.named(name);
      case ID -> staff.current(new SubjectId(name));
    };
  }

  private void note(Actor actor, String action, Optional<TenantId> tenant, String detail) {
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          audit.append(transaction, actor, action, tenant, OBJECT, detail);
          return true;
        });
  }
}
