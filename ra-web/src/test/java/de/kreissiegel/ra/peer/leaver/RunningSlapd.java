package de.kreissiegel.ra.peer.leaver;

import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An OpenLDAP server with one administration and one of its people. */
final class RunningSlapd implements AutoCloseable {
  static final String BASE = "dc=district,dc=example";
  static final String ACCOUNT = "cn=kreissiegel," + BASE;
  static final String ADMINISTRATOR = "cn=administrator," + BASE;
  static final String PERSON = "uid=erika,ou=people,o=Stadt,dc=district,dc=example";
  static final String PASSWORD = "for a test";

  private static final String CONTENT =
      """
      dn: dc=district,dc=example
      objectClass: domain
      dc: district

      dn: cn=kreissiegel,dc=district,dc=example
      objectClass: person
      cn: kreissiegel
      sn: kreissiegel
      userPassword: for a test

      dn: o=Stadt,dc=district,dc=example
      objectClass: organization
      objectClass: domainRelatedObject
      o: Stadt
      associatedDomain: stadt-hassfurt.example

      dn: ou=people,o=Stadt,dc=district,dc=example
      objectClass: organizationalUnit
      ou: people

      dn: uid=erika,ou=people,o=Stadt,dc=district,dc=example
      objectClass: inetOrgPerson
      uid: erika
      cn: Erika Muster
      sn: Muster
      mail: erika@stadt-hassfurt.example

      dn: uid=max,ou=people,o=Stadt,dc=district,dc=example
      objectClass: inetOrgPerson
      uid: max
      cn: Max Muster
      sn: Muster
      """;

  private final Process process;
  private final int port;

  RunningSlapd(PeerSession slapd, Path folder) throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("slapd.conf"), config(folder));
    Files.writeString(folder.resolve("content.ldif"), CONTENT);
    Output loaded =
        slapd.run(
            "-Tadd",
            "-f",
            folder.resolve("slapd.conf").toString(),
            "-l",
            folder.resolve("content.ldif").toString());
    if (loaded.exit() != 0) {
      throw new IllegalStateException(loaded.text());
    }
    this.process =
        new ProcessBuilder(
                slapd.executable().toString(),
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-h",
                address().toString(),
                "-d",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.log").toFile())
            .start();
    awaitListening();
  }

  URI address() {
    return URI.create("ldap://127.0.0.1:" + port);
  }

  private void awaitListening() throws InterruptedException {
    for (int tries = 0; tries < 400; tries++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException("slapd did not start");
  }

  private static String config(Path folder) {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile %1$s/slapd.pid
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload syncprov
        database mdb
        suffix "%2$s"
        rootdn "%3$s"
        rootpw "%4$s"
        directory %1$s/db
        index objectClass,entryUUID,entryCSN eq
        access to attrs=userPassword by anonymous auth by * none
        access to * by users read
        overlay syncprov
        """
        .formatted(folder, BASE, ADMINISTRATOR, PASSWORD);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
