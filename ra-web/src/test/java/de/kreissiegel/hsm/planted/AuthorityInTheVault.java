package de.kreissiegel.hsm.planted;

/** Planted: the vault depends on nothing of ours. */
public final class AuthorityInTheVault {
  public final de.kreissiegel.ca.tenancy.TenantId wrong = null;
}
