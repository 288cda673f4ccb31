package de.kreissiegel.ca.authority;

/** Which generations have been stopped in an emergency: they issue nothing any more. */
@FunctionalInterface
public interface StoppedAuthorities {
  /** Whether the generation of this name was stopped; asked before each certificate. */
  boolean isStopped(AuthorityName generation);
}
