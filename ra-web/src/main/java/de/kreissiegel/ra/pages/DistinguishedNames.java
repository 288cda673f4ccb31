package de.kreissiegel.ra.pages;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Objects;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** What people look for in a distinguished name. */
public final class DistinguishedNames {
  private DistinguishedNames() {}

  /** The common name in a name (RFC 4514); the whole where it has none. */
  public static String commonName(String name) {
    try {
      return new LdapName(name)
          .getRdns().reversed().stream()
              .map(rdn -> rdn.toAttributes().get("CN"))
              .filter(Objects::nonNull)
              .map(DistinguishedNames::value)
              .findFirst()
              .orElse(name);
    } catch (InvalidNameException _) {
      return name;
    }
  }

  private static String value(Attribute attribute) {
    try {
      return String.valueOf(attribute.get());
    } catch (NamingException e) {
      throw new IllegalStateException("an attribute in memory can be read", e);
    }
  }

  /** The common name in a Name (RFC 5280 §4.1.2.4), DER. */
  public static String commonName(Bytes name) {
    return commonName(new X500Principal(name.toArray()).getName(X500Principal.RFC2253));
  }
}
