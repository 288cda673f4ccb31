package de.kreissiegel.ra.peer.vpn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * strongSwan's daemon and its {@code swanctl} on one of the hosts.
 *
 * @param folder holds its settings, {@code swanctl}'s below
 */
public record Charon(Path folder) {
  private static final String DAEMON = "/usr/sbin/charon-systemd";

  /**
   * Writes its settings. The kernel here may lack ESP, so packets go by user space and TUN.
   *
   * @param checks the plugins that look up whether certificates are revoked, if any
   */
  public Charon configure(String checks) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("strongswan.conf"),
        """
        charon-systemd {
          load = random nonce x509 constraints %1$s pubkey pkcs1 pkcs8 pem openssl hmac kdf \
        kernel-libipsec kernel-netlink socket-default vici updown counters
          filelog { out { path = %2$s/charon.log
              default = 1
              cfg = 2
              flush_line = yes } }
          plugins {
            vici { socket = unix://%2$s/charon.vici }
            kernel-libipsec { load = yes }
          }
        }
        swanctl { load = random nonce x509 pubkey pkcs1 pkcs8 pem openssl }
        """
            .formatted(checks, folder));
    return this;
  }

  public Map<String, String> environment() {
    return Map.of(
        "STRONGSWAN_CONF",
        folder.resolve("strongswan.conf").toString(),
        "SWANCTL_DIR",
        folder.resolve("swanctl").toString());
  }

  public String[] daemon() {
    return new String[] {DAEMON};
  }

  public Path log() {
    return folder.resolve("charon.log");
  }

  /** Whether its socket is there. */
  public boolean isUp() {
    return Files.exists(folder.resolve("charon.vici"));
  }

  /** A command of swanctl for this daemon. */
  public String[] swanctl(String... words) {
    var command = new String[words.length + 3];
    command[0] = "swanctl";
    System.arraycopy(words, 0, command, 1, words.length);
    command[words.length + 1] = "--uri";
    command[words.length + 2] = "unix://" + folder.resolve("charon.vici");
    return command;
  }
}
