package de.kreissiegel.ra.walkthrough;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ra.credentials.DemoCredentials.DirectoryAdmin;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The district's directory, by LDAP, as its own administrator: nothing of ours is in between. */
final class DirectoryDoor implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int LDAP_PORT = 389;
  private static final String STATE = "employeeType";
  private static final String DISABLED = "disabled";
  private static final String ACTIVE = "active";
  private static final String CERTIFICATE = "userCertificate;binary";

  private final LDAPConnection connection;

  private DirectoryDoor(LDAPConnection connection) {
    this.connection = connection;
  }

  static DirectoryDoor open(URI address, DirectoryAdmin admin) throws Surprise {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(TIMEOUT_MILLIS);
    options.setResponseTimeoutMillis(TIMEOUT_MILLIS);
    int port = address.getPort() < 0 ? LDAP_PORT : address.getPort();
    try {
      return new DirectoryDoor(
          new LDAPConnection(options, address.getHost(), port, admin.dn(), admin.password()));
    } catch (LDAPException fault) {
      throw new Surprise("to be let in as " + admin.dn() + " at " + address, words(fault));
    }
  }

  /** The distinguished name of the one entry with this {@code uid}. */
  String find(String login) throws Surprise {
    try {
      RootDSE root = connection.getRootDSE();
      var bases = root == null ? null : root.getNamingContextDNs();
      if (bases == null) {
        throw new Surprise("naming contexts in the directory's root", "none");
      }
      for (String base : bases) {
        var found =
            connection.searchForEntry(
                base, SearchScope.SUB, Filter.createEqualityFilter("uid", login), "1.1");
        if (found != null) {
          return found.getDN();
        }
      }
      throw new Surprise("an entry with uid=" + login, "none under " + Arrays.toString(bases));
    } catch (LDAPException fault) {
      throw new Surprise("to find uid=" + login, words(fault));
    }
  }

  /** The certificates published at this entry, DER. */
  List<byte[]> certificates(String dn) throws Surprise {
    return entry(dn, CERTIFICATE)
        .map(entry -> entry.getAttributeValueByteArrays(CERTIFICATE))
        .map(Arrays::asList)
        .orElse(List.of());
  }

  boolean isDisabled(String dn) throws Surprise {
    return entry(dn, STATE).filter(entry -> entry.hasAttributeValue(STATE, DISABLED)).isPresent();
  }

  /** Sets {@code employeeType: disabled}. */
  void disable(String dn) throws Surprise {
    setState(dn, DISABLED);
  }

  /** Sets {@code employeeType: active}. */
  void enable(String dn) throws Surprise {
    setState(dn, ACTIVE);
  }

  private void setState(String dn, String value) throws Surprise {
    try {
      connection.modify(dn, new Modification(ModificationType.REPLACE, STATE, value));
    } catch (LDAPException fault) {
      throw new Surprise("to set " + STATE + " of " + dn + " to " + value, words(fault));
    }
  }

  private Optional<SearchResultEntry> entry(String dn, String attribute) throws Surprise {
    try {
      return Optional.ofNullable(connection.getEntry(dn, attribute));
    } catch (LDAPException fault) {
      throw new Surprise("to read " + dn, words(fault));
    }
  }

  private static String words(LDAPException fault) {
    return fault.getResultCode() + ", " + fault.getMessage();
  }

  @Override
  public void close() {
    connection.close();
  }
}
