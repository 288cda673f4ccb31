package de.kreissiegel.ldap.planted;

/** Planted: ldap-sync takes spring-ldap, not the container. */
public final class BootInTheDirectory {
  public final org.springframework.context.ApplicationContext wrong = null;
}
