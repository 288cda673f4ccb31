package de.kreissiegel.ca.planted;

/** Planted: the core must not speak LDAP. */
public final class DirectoryInTheCore {
  public final javax.naming.directory.DirContext wrong = null;
}
