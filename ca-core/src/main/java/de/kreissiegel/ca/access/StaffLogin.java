package de.kreissiegel.ca.access;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;

/** Proves a name and a password against the directory. */
public interface StaffLogin {
  /**
   * The person who has this login and password, with the roles that their groups give them now,
   * proven by {@link Proof#PASSWORD}. Empty if the name is unknown, the password wrong or empty, or
   * the account disabled: the three are not told apart.
   */
  Optional<Actor.Person> logIn(String login, String password) throws DirectoryUnavailable;

  /**
   * The only person who has this login or mail address, with the roles that their groups give them
   * now: for somebody for whom another has vouched by that name. Empty if there is none, or two, or
   * the account is disabled.
   */
  Optional<Actor.Person> named(String loginOrMail) throws DirectoryUnavailable;

  /**
   * The person as the directory knows them now, with the roles that their groups give them now, for
   * a session that began earlier, or a proof that is not the directory's; {@code proof} says {@link
   * Proof#PASSWORD} until whoever checked a better one says otherwise. Empty if the entry is gone
   * or the account disabled.
   */
  Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable;
}
