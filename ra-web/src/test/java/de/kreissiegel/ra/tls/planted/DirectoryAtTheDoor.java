package de.kreissiegel.ra.tls.planted;

/** Planted: only the wiring knows who stands behind a port. */
public final class DirectoryAtTheDoor {
  public final de.kreissiegel.ldap.LdapDirectory wrong = null;
}
