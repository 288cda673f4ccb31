package de.kreissiegel.ca.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.process.SignerProcess;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An authority as it stands in a district: the signer in a process of its own with its policies and
 * its journal, and a PostgreSQL that syncs each commit. Only the directory is in memory.
 */
final class LoadedHouse implements AutoCloseable {
  private static final String PASSPHRASE = "a passphrase for benchmarks only";

  private final Path folder;
  private final EmbeddedPostgres server;
  private final TestDatabase database;
  private final Process signerProcess;
  private final RemoteSigner signer;
  private final House house;

  private LoadedHouse(KeyAlgorithm algorithm) throws Exception {
    this.folder = Files.createTempDirectory("issuance-load");
    this.server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("cluster"))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "60")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    var config = new HikariConfig();
    config.setDataSource(server.getPostgresDatabase());
    config.setMaximumPoolSize(10);
    this.database = TestDatabase.over(new HikariDataSource(config));
    ProfileCatalog profiles = House.withMachines(folder.resolve("profiles"));
    try (Vault vault = vault(algorithm, profiles)) {
      this.house = new House(database, vault, profiles, new MovableClock());
    }
    Path socket = folder.resolve("signer.sock");
    this.signerProcess = startSigner(socket);
    this.signer = new RemoteSigner(socket, Duration.ofSeconds(30));
    house.signer = signer;
    house.restart(house.certificates);
  }

  static LoadedHouse open(KeyAlgorithm algorithm) throws Exception {
    return new LoadedHouse(algorithm);
  }

  House house() {
    return house;
  }

  TestDatabase database() {
    return database;
  }

  long signerPid() {
    return signerProcess.pid();
  }

  long databasePid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid")).getFirst().strip());
  }

  private Vault vault(KeyAlgorithm algorithm, ProfileCatalog profiles) throws Exception {
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    Vault vault =
        Vault.create(
            folder.resolve("vault"),
            PASSPHRASE.toCharArray(),
            "ceremony".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom());
    HierarchyPlan plan = House.plan();
    var policies =
        new KeyPolicies(
            plan,
            profiles,
            Set.of("localhost"),
            List.of(
                KeyPolicies.tenant(
                    "Stadt Ä", Set.of(House.TOWN.value()), Set.of(House.TOWN.value()))),
            Set.of());
    // The plan's own policy asks for keys on P-384 below the root; here the peers' P-256 is tried.
    Bytes root = AuthorityNames.encoded(plan.organization(), plan.ownRoot().commonName());
    make(vault, plan.ownRoot().key(), algorithm, KeyPolicy.root(root, end(7)));
    for (IssuingAuthority authority : plan.issuing()) {
      make(vault, authority.key(), algorithm, policies.issuing(authority, end(6)));
      make(vault, authority.ocspKey(), algorithm, KeyPolicy.ocspResponder());
    }
    return vault;
  }

  private static void make(Vault vault, KeyId key, KeyAlgorithm algorithm, KeyPolicy policy)
      throws Exception {
    vault.makeKey(key, algorithm, policy, Optional.empty());
  }

  private static Instant end(int years) {
    return Instant.now().plus(Duration.ofDays(years * 366L));
  }

  private Process startSigner(Path socket) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("--enable-native-access=ALL-UNNAMED");
    Arrays.stream(System.getProperty("signer.options", "").split(" "))
        .filter(option -> !option.isEmpty())
        .forEach(command::add);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SignerProcess.class.getName()));
    command.addAll(List.of("--vault", folder.resolve("vault").toString()));
    command.addAll(List.of("--socket", socket.toString()));
    command.addAll(List.of("--passphrase-file", folder.resolve("passphrase").toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = process.inputReader().readLine();
    if (!"signer ready".equals(line)) {
      process.destroyForcibly();
      throw new IOException("signer said: " + line);
    }
    return process;
  }

  @Override
  public void close() throws Exception {
    signer.close();
    signerProcess.destroy();
    signerProcess.waitFor();
    database.close();
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
