package de.kreissiegel.ra.validation;

import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.ValidationAuthority;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.NoSigner;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validation node that {@link OcspLoad} and {@link OcspNonceLoad} put under load, in a process
 * of its own.
 */
final class LoadNode {
  private LoadNode() {}

  /**
   * Arguments: folder with the authority's certificates, address of the database, and the signer's
   * socket if there is one.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    // A pool as the node that people start has one: it asks for news five times a second.
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(arguments[1]);
    database.setMaximumPoolSize(4);
    AuthorityCatalog catalog = catalog(folder);
    Signer signer =
        arguments.length > 2
            ? new RemoteSigner(Path.of(arguments[2]), Duration.ofSeconds(10))
            : new NoSigner();
    long began = System.nanoTime();
    var node =
        new ValidationAuthority(
            new ValidationAuthority.Surroundings(
                database,
                signer,
                catalog,
                OcspSettings.usual().withFolder(folder.resolve("copy")),
                _ -> {},
                folder.resolve("lists"),
                false,
                Clock.systemUTC(),
                new SecureRandom()));
    double fromDisk = (System.nanoTime() - began) / 1e9;
    int onDisk = node.ocsp().ready();
    node.ocsp().look();
    double ready = (System.nanoTime() - began) / 1e9;
    node.start();
    var server =
        new ValidationServer(
            node.ocsp().responder(),
            node.crls(),
            catalog,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Clock.systemUTC());
    server.start();
    System.out.printf(
        "%d answers ready, %d of them from disk after %.1f s, all after %.1f s%n",
        node.ocsp().ready(), onDisk, fromDisk, ready);
    System.out.println(server.port());
    Thread.currentThread().join();
  }

  static void write(Path folder, Authority people) throws Exception {
    Files.write(folder.resolve("people.cer"), people.certificate().toArray());
    Files.write(folder.resolve("root.cer"), people.chain().getFirst().toArray());
    Files.write(folder.resolve("people.name"), people.subjectName().toArray());
  }

  private static AuthorityCatalog catalog(Path folder) throws Exception {
    return new AuthorityCatalog(
        List.of(
            new Authority(
                TestHierarchy.PEOPLE,
                Bytes.of(Files.readAllBytes(folder.resolve("people.cer"))),
                List.of(Bytes.of(Files.readAllBytes(folder.resolve("root.cer")))),
                new KeyId("people"),
                Optional.of(new KeyId("ocsp-people")),
                Bytes.of(Files.readAllBytes(folder.resolve("people.name"))),
                Bytes.of(new byte[] {1}),
                Instant.now().plus(Duration.ofDays(1000)))),
        Map.of());
  }
}
