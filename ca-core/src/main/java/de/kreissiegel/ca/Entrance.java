package de.kreissiegel.ca;

import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.grant.Offices;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.ca.roles.Conflict;
import de.kreissiegel.ca.roles.RoleDesk;
import de.kreissiegel.ca.roles.RoleGate;
import de.kreissiegel.ca.storage.Books;
import java.util.List;

/** How people come in, and as whom: log-in, and the offices that directory and grants give them. */
public final class Entrance {
  private final CertificationAuthority.Surroundings on;
  private final Books books;
  private final LoginTrail trail;

  Entrance(CertificationAuthority.Surroundings on, Books books) {
    this.on = on;
    this.books = books;
    this.trail = new LoginTrail(books.audit(), books.transactions(), on.clock());
  }

  /**
   * People with the offices that grants give them.
   *
   * @param directory knows who there is, and their roles
   */
  public StaffLogin offices(StaffLogin directory) {
    return new Offices(gate(directory), books.grants(), on.clock());
  }

  RoleGate gate(StaffLogin directory) {
    return new RoleGate(
        directory, books.conflicts(), books.transactions(), books.audit(), on.clock());
  }

  /**
   * Who stands in for officers.
   *
   * @param directory knows who there is, and their roles
   */
  public GrantDesk grants(StaffLogin directory) {
    return new GrantDesk(
        books.grants(),
        books.transactions(),
        books.audit(),
        new GrantDesk.People(gate(directory), on.directory()),
        on.clock(),
        on.random());
  }

  /**
   * Who holds which office by which group.
   *
   * @param sources which groups give which offices
   */
  public RoleDesk roles(List<RoleSource> sources) {
    return new RoleDesk(books.conflicts(), sources);
  }

  /** To whom the directory gives offices that exclude each other, as far as they were seen. */
  public List<Conflict> roleConflicts() {
    return books.conflicts().lasting();
  }

  /** What the trail has of log-ins: all doors count by the same one. */
  public LoginTrail trail() {
    return trail;
  }

  /**
   * Log-in by passwords.
   *
   * @param staff knows who there is, and their roles
   */
  public PasswordLogin passwordLogin(StaffLogin staff) {
    return new PasswordLogin(staff, trail);
  }

  /**
   * Log-in by certificates of this house.
   *
   * @param staff knows who there is, and their roles
   */
  public CertificateLogin certificateLogin(StaffLogin staff) {
    return new CertificateLogin(
        on.authorities(), on.profiles(), books.certificates(), staff, trail, on.clock());
  }

  /**
   * Log-in by passkeys.
   *
   * @param staff knows who there is, and their roles
   * @param firstByPassword whether a password is enough for somebody's first passkey
   */
  public Passkeys passkeys(StaffLogin staff, boolean firstByPassword) {
    return new Passkeys(books.ofPasskeys(), staff, trail, firstByPassword, on.clock());
  }

  /**
   * Log-in by an OpenID provider.
   *
   * @param staff knows who there is, and their roles
   */
  public ProviderLogin providerLogin(StaffLogin staff) {
    return new ProviderLogin(staff, trail);
  }

  /** Emergency access by sealed codes. */
  public BreakGlass breakGlass() {
    return new BreakGlass(books.ofBreakGlass(), on.clock(), on.random());
  }

  /** People's own sessions. */
  public OwnSessions ownSessions() {
    return new OwnSessions(books.sessions(), books.transactions(), books.audit(), on.clock());
  }

  /** Where the pages' sessions are kept. */
  public SessionBook sessions() {
    return books.sessions();
  }
}
