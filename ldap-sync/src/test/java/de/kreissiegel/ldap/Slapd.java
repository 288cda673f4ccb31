package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.fail;

import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real OpenLDAP server with the sample district, on a loopback port, in a folder of its own. */
public final class Slapd implements AutoCloseable {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec");

  /** Where authorities are told of. */
  static final String PKI_DN = "ou=pki," + SampleDistrict.BASE_DN;

  private static final String PKI =
      "\ndn: " + PKI_DN + "\nobjectClass: organizationalUnit\nou: pki\n";
  private final Path folder;
  private final int port;
  private Process process;

  Slapd(Path folder, SamplePasswords passwords) throws Exception {
    this(folder, passwords, "");
  }

  /**
   * @param more further entries, LDIF
   */
  Slapd(Path folder, SamplePasswords passwords, String more) throws Exception {
    this(
        folder,
        config(folder),
        out -> {
          SampleDistrict.writeLdif(passwords, out);
          out.write((PKI + more).getBytes(StandardCharsets.UTF_8));
        });
  }

  /** Writes what the server begins with, as LDIF. */
  public interface Content {
    void write(OutputStream out) throws Exception;
  }

  /**
   * One with a configuration of its own.
   *
   * @param config {@code slapd.conf}, with a database in {@code db} below the folder
   */
  public Slapd(Path folder, String config, Content content) throws Exception {
    this.folder = folder;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    Files.createDirectory(folder.resolve("db"));
    Files.writeString(folder.resolve("slapd.conf"), config);
    Path ldif = folder.resolve("district.ldif");
    try (OutputStream out = Files.newOutputStream(ldif)) {
      content.write(out);
    }
    run(program("slapadd"), "-q", "-f", folder + "/slapd.conf", "-l", ldif.toString());
    start();
  }

  /** Where a program is; fails where peers are promised (CI=true), skips by name elsewhere. */
  public static String program(String name) {
    for (String place : FOLDERS) {
      if (Files.isExecutable(Path.of(place, name))) {
        return place + "/" + name;
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      fail("the peer " + name + " is not installed");
    }
    Assumptions.abort("the peer " + name + " is not installed");
    return name;
  }

  /** Runs a program and returns what it said; fails if it failed. */
  public static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      fail(Arrays.toString(command) + " failed: " + said);
    }
    return said;
  }

  public URI address() {
    return URI.create("ldap://127.0.0.1:" + port);
  }

  public void start() throws Exception {
    process =
        new ProcessBuilder(
                program("slapd"),
                "-f",
                folder + "/slapd.conf",
                "-h",
                address().toString(),
                "-d",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        fail("slapd did not start: " + Files.readString(folder.resolve("slapd.log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Sends a signal, as {@code STOP} and {@code CONT}. */
  public void signal(String name) throws Exception {
    run(program("kill"), "-" + name, Long.toString(process.pid()));
  }

  /** As if the power went. */
  public void kill() throws Exception {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private boolean listens() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Standard schemas only, and no more rights for the account than the handbook asks for. */
  private static String config(Path folder) {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile %1$s/slapd.pid
        modulepath /usr/lib/ldap
        moduleload back_mdb
        database mdb
        maxsize 104857600
        suffix "%2$s"
        directory %1$s/db
        index objectClass,entryUUID,uid,mail,member eq
        limits dn.exact="%3$s" size=unlimited size.prtotal=unlimited
        access to attrs=userPassword by dn.exact="%4$s" write by anonymous auth by * none
        access to dn.base="%5$s" attrs=children
          by dn.exact="%3$s" write by users read
        access to dn.children="%5$s" by dn.exact="%3$s" write by users read
        access to attrs=userCertificate,userSMIMECertificate
          by dn.exact="%4$s" write by dn.exact="%3$s" write by users read
        access to attrs=objectClass val=pkiUser
          by dn.exact="%4$s" write by dn.exact="%3$s" write by users read
        access to * by dn.exact="%4$s" write by users read
        """
        .formatted(
            folder,
            SampleDistrict.BASE_DN,
            SampleDistrict.SERVICE_DN,
            SampleDistrict.ADMINISTRATOR_DN,
            PKI_DN);
  }
}
