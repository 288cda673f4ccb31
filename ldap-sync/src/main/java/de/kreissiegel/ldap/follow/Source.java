package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;

/** Learns what changed and hands it over. After an error it is closed, and another one made. */
sealed interface Source extends AutoCloseable permits ContentSync, FeedSource {
  SourceKind kind();

  /**
   * Hands over what there is.
   *
   * @param patience how long to wait for something, if the server tells by itself
   */
  void look(Duration patience) throws LDAPException;

  /** Whether looking is waiting. */
  boolean waits();

  /** Ends a waiting at once. */
  void wake();

  @Override
  void close();
}
