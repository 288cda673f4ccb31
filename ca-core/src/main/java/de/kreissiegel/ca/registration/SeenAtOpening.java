package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.StoppedAuthorities;
import de.kreissiegel.ca.lint.KnownKeys;
import java.util.Set;

/**
 * What the database said while it stored a request, of what is to be known before its certificate
 * is signed: who goes on at once needn't ask it again. Old it is as soon as the request has waited
 * for anything.
 *
 * @param key of the request's key and of whom it is for, as the directory's id names them
 * @param stopped the generations that were stopped in an emergency
 */
public record SeenAtOpening(KnownKeys.Standing key, Set<AuthorityName> stopped)
    implements StoppedAuthorities {
  public SeenAtOpening {
    stopped = Set.copyOf(stopped);
  }

  @Override
  public boolean isStopped(AuthorityName generation) {
    return stopped.contains(generation);
  }
}
