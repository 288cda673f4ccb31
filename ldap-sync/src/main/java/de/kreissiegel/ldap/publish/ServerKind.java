package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether it is an Active Directory: its root DSE says so (MS-ADTS §3.1.1.3.4.3). Asked once. */
final class ServerKind {
  private static final String CAPABILITIES = "supportedCapabilities";
  private static final String ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";

  private final Entries entries;
  private volatile @Nullable Boolean windows;

  ServerKind(Entries entries) {
    this.entries = entries;
  }

  boolean isActiveDirectory() throws LDAPException {
    Boolean known = windows;
    if (known == null) {
      Optional<Entry> rootDse = entries.at("", CAPABILITIES);
      known = rootDse.filter(e -> e.hasAttributeValue(CAPABILITIES, ACTIVE_DIRECTORY)).isPresent();
      windows = known;
    }
    return known;
  }
}
