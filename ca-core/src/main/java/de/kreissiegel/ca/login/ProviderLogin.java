package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;

/**
 * Logs people in for whom an OpenID provider vouches. Who there is says the directory: a name that
 * it doesn't know, or that two have, is nobody's. It counts as a password does, for how well the
 * provider asks we don't see.
 */
public final class ProviderLogin {
  private static final String OBJECT = "openid";
  private static final int LONGEST = 256;

  private final StaffLogin staff;
  private final LoginTrail trail;

  public ProviderLogin(StaffLogin staff, LoginTrail trail) {
    this.staff = staff;
    this.trail = trail;
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
    person.ifPresentOrElse(
        one -> trail.succeeded(Door.PAGES, one, LoginTrail.tenant(one), OBJECT, "proof=openid"),
        () -> refused("NOBODY_OR_SEVERAL"));
    return person;
  }

  /**
   * Notes that somebody came back from the provider without its word.
   *
   * @param why in one word
   */
  public void refused(String why) {
    trail.refused(Optional.empty(), OBJECT, "proof=openid why=" + why);
  }

  private Optional<Actor.Person> find(Names names, String name) throws DirectoryUnavailable {
    return switch (names) {
      case LOGIN -> staff.named(name);
      case ID -> staff.current(new SubjectId(name));
    };
  }
}
