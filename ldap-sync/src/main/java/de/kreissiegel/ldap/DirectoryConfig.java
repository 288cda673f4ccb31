package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ldap.follow.FollowSettings;
import de.kreissiegel.ldap.mapping.DirectoryMapping;
import de.kreissiegel.ldap.server.Account;
import de.kreissiegel.ldap.server.ServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a directory is and how it is read.
 *
 * @param name what the installation calls it
 * @param server its addresses and our account
 * @param baseDn under which the tenants stand
 * @param following how changes are learnt
 * @param mapping which entries are what
 * @throws IllegalArgumentException with a sentence for the administrator
 */
public record DirectoryConfig(
    DirectoryName name,
    ServerConfig server,
    String baseDn,
    FollowSettings following,
    DirectoryMapping mapping) {
  public DirectoryConfig {
    if (!DN.isValidDN(baseDn) || baseDn.isBlank()) {
      throw new IllegalArgumentException("the directory's base is no name: " + baseDn);
    }
  }

  /** With the mapping of the sample district, a look every 2 s and a compare every 4 s. */
  public static DirectoryConfig of(URI url, String bindDn, String password, String baseDn) {
    return new DirectoryConfig(
        new DirectoryName("district"),
        new ServerConfig(
            List.of(url), false, Optional.empty(), new Account.Password(bindDn, password)),
        baseDn,
        new FollowSettings(
            Optional.empty(),
            Duration.ofSeconds(2),
            new FollowSettings.Every(Duration.ofSeconds(4)),
            FollowSettings.SILENCE),
        DirectoryMapping.standard());
  }
}
