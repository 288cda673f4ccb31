package de.kreissiegel.ldap.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Logs in by Kerberos, in a process of its own, for names and realms are the machine's. */
final class KerberosProcess {
  private KerberosProcess() {}

  /** Arguments: address, anchor, principal, keytab, and what to read. */
  public static void main(String[] arguments) throws Exception {
    var config =
        new ServerConfig(
            List.of(URI.create(arguments[0])),
            false,
            Optional.of(Path.of(arguments[1])),
            new Account.Kerberos(arguments[2], Path.of(arguments[3])));
    try (var connections = new Connections(config)) {
      System.out.println("read " + connections.entry(arguments[4], "dc").orElseThrow().getDN());
    }
  }
}
