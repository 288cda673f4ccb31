package de.kreissiegel.ldap.server;

import java.nio.file.Path;

/** By which a directory lets us in. */
public sealed interface Account {
  /**
   * A simple bind (RFC 4513 §5.1.3).
   *
   * @param dn the account's entry, or in an Active Directory its principal name
   * @throws IllegalArgumentException if one is empty: an empty password would be a bind as nobody
   */
  record Password(String dn, String password) implements Account {
    public Password {
      if (dn.isBlank() || password.isEmpty()) {
        throw new IllegalArgumentException("the directory's account needs a name and a password");
      }
    }

    /** Shows no password. */
    @Override
    public String toString() {
      return dn;
    }
  }

  /**
   * SASL EXTERNAL (RFC 4422, appendix A): the server takes the name in the certificate that TLS
   * proved.
   *
   * @param certificate PEM, its issuers after it
   * @param key its private key, PKCS#8 in PEM, unencrypted
   */
  record ClientCertificate(Path certificate, Path key) implements Account {
    @Override
    public String toString() {
      return "the certificate in " + certificate;
    }
  }

  /**
   * SASL GSSAPI (RFC 4752): a Kerberos principal proves itself by its key. The server's own
   * principal is {@code ldap/HOST}, with the host that the address names.
   *
   * @param principal as {@code kreissiegel@HASSFURT.EXAMPLE}; its realm's controllers are found by
   *     the machine's {@code krb5.conf} or DNS
   * @param keytab holds its key
   * @throws IllegalArgumentException if the principal has no realm
   */
  record Kerberos(String principal, Path keytab) implements Account {
    public Kerberos {
      if (!principal.matches("[^@\\s]+@[^@\\s]+")) {
        throw new IllegalArgumentException("a principal has a realm, as in name@REALM");
      }
    }

    @Override
    public String toString() {
      return principal;
    }
  }
}
