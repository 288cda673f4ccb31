package de.kreissiegel.ra.bench;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.process.SignerProcess;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Revocation lists from the database to those who fetch them: PostgreSQL, the signer, the authority
 * with its validation server, and readers, each a process of its own. The authority has a heap of
 * 64 MiB for everything, so what a list takes of it is less.
 *
 * <p>Arguments: how many entries in each partition, how many partitions.
 */
public final class CrlLoad {
  static final String PASSPHRASE = "a passphrase for tests only";

  /** The indexes that lists are read by; the others take longer than all else here. */
  private static final Set<String> OF_LISTS = Set.of("certificate_revoked", "certificate_changed");

  private CrlLoad() {}

  public static void main(String[] arguments) throws Exception {
    int entries = Integer.parseInt(arguments[0]);
    int partitions = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("crl-load");
    List<Process> children = new ArrayList<>();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "4GB")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start()) {
      hierarchy(folder, partitions);
      load(postgres.getPostgresDatabase(), entries, partitions);
      Path socket = folder.resolve("signer.sock");
      children.add(signer(folder, socket));
      int port = freePort();
      Process authority =
          java(
              List.of("-Xmx64m", "-XX:+UseSerialGC", "-Xlog:gc:file=" + folder.resolve("gc")),
              CrlLoadAuthority.class,
              folder.toString(),
              postgres.getJdbcUrl("postgres", "postgres"),
              Integer.toString(port));
      children.add(authority);
      expect(authority, "serving");
      Process readers = java(List.of("-Xmx128m"), CrlLoadReaders.class, Integer.toString(port));
      children.add(readers);
      expect(readers, "reading");
      Thread.sleep(5_000);
      note(readers, "before");
      authority.outputWriter().append("make\n").flush();
      for (String line = ""; !line.equals("made"); line = authority.inputReader().readLine()) {
        if (!line.contains(" INFO ")) {
          System.out.println(line);
        }
      }
      note(readers, "while lists were made");
      System.out.println("garbage collection of the authority: " + lastLine(folder.resolve("gc")));
      readers.outputWriter().append("fetch\n").flush();
      System.out.println(readers.inputReader().readLine());
    } finally {
      children.forEach(Process::destroy);
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void note(Process readers, String when) throws IOException {
    readers.outputWriter().append("tell\n").flush();
    System.out.println("readers " + when + ": " + readers.inputReader().readLine());
  }

  private static String lastLine(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.contains("M->"))
        .reduce((_, last) -> last)
        .orElse("none");
  }

  private static HierarchyPlan plan(int partitions) {
    CrlSettings usual = CrlSettings.USUAL;
    var people =
        new HierarchyPlan.IssuingAuthority(
            new AuthorityName("people"),
            "DEMO People",
            new KeyId("people"),
            new KeyId("ocsp-people"));
    // The one that certifies officers can't have partitions.
    var devices =
        new HierarchyPlan.IssuingAuthority(
            new AuthorityName("devices"),
            "DEMO Devices",
            new KeyId("devices"),
            new KeyId("ocsp-devices"),
            new CrlSettings(
                partitions,
                usual.divided(),
                usual.validity(),
                Optional.empty(),
                Duration.ZERO,
                false));
    return new HierarchyPlan(
        "Landkreis DEMO",
        new HierarchyPlan.RootAuthority(new AuthorityName("root"), "DEMO Root", new KeyId("root")),
        List.of(people, devices),
        Period.ofYears(6),
        Period.ofYears(5),
        Period.ofMonths(12),
        new StatusAddresses(URI.create("http://pki.example:8080")));
  }

  private static void hierarchy(Path folder, int partitions) throws Exception {
    var random = new SecureRandom();
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    HierarchyPlan plan = plan(partitions);
    Instant end = Instant.now().plus(Duration.ofDays(6 * 366));
    try (Vault vault =
        Vault.create(
            folder.resolve("vault"),
            PASSPHRASE.toCharArray(),
            "ceremony".toCharArray(),
            Clock.systemUTC(),
            random)) {
      var policies =
          new KeyPolicies(plan, ProfileCatalog.bundled(), Set.of("localhost"), List.of(), Set.of());
      var algorithm = KeyAlgorithm.ECDSA_P384;
      vault.makeKey(plan.ownRoot().key(), algorithm, policies.root(end), Optional.empty());
      for (var one : plan.issuing()) {
        vault.makeKey(one.key(), algorithm, policies.issuing(one, end), Optional.empty());
        vault.makeKey(
            one.ocspKey(), KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder(), Optional.empty());
      }
      new HierarchyCeremony(vault, Clock.systemUTC(), random)
          .perform(plan, folder.resolve("authorities"));
    }
  }

  /**
   * The rows that issuing and revoking leave, but for the certificates' own octets; with the
   * indexes alone that lists are read by, made once the rows are there.
   */
  private static void load(DataSource source, int entries, int partitions) throws Exception {
    Database.open(source);
    int octets = partitions == 1 ? 900 : 10;
    long began = System.nanoTime();
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '1GB'");
      statement.execute("alter table certificate disable trigger certificates_added");
      List<String> remade = dropIndexes(statement);
      for (int p = partitions == 1 ? 0 : 1; p <= (partitions == 1 ? 0 : partitions); p++) {
        statement.execute(
            """
            insert into certificate (authority, serial, encoded, profile, tenant, subject_name,
                alternative_names, public_key_hash, not_before, not_after, state, state_since,
                revocation_reason, journal_index, journal_hash, crl_partition, status_version)
            select 'devices',
                   '1' || md5('%1$d.' || i), decode(repeat('5a', %3$d), 'hex'), 'signature',
                   'town', 'CN=Somebody ' || i, '', sha256(int8send(%1$d * 100000000::bigint + i)),
                   now() - interval '30 days', now() + interval '300 days', 'revoked',
                   now() - interval '1 second' * (i %% 1000000), 1 + i %% 5, i, sha256(''), %1$d, i
            from generate_series(1, %2$d) i
            """
                .formatted(p, entries, octets));
        statement.execute(
            "insert into status_version values ('devices', %d, %d)".formatted(entries, p));
      }
      for (String index : remade) {
        statement.execute(index);
      }
      statement.execute("vacuum (analyze, freeze) certificate");
      statement.execute("checkpoint");
    }
    System.out.printf(
        "%,d rows loaded in %.0f s%n",
        (long) entries * partitions, (System.nanoTime() - began) / 1e9);
  }

  /** Drops them all; those that are wanted are to be made again by what comes back. */
  private static List<String> dropIndexes(Statement statement) throws SQLException {
    List<String> all = new ArrayList<>();
    List<String> remade = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select indexname, indexdef from pg_indexes where tablename = 'certificate'")) {
      while (rows.next()) {
        String name = rows.getString(1);
        if (!name.equals("certificate_pkey")) {
          all.add(name);
        }
        if (OF_LISTS.contains(name)) {
          remade.add(rows.getString(2));
        }
      }
    }
    for (String name : all) {
      statement.execute("drop index " + name);
    }
    return remade;
  }

  private static Process signer(Path folder, Path socket) throws Exception {
    Process process =
        java(
            List.of("-Xmx64m", "-XX:+UseSerialGC"),
            SignerProcess.class,
            "--vault",
            folder.resolve("vault").toString(),
            "--socket",
            socket.toString(),
            "--passphrase-file",
            folder.resolve("passphrase").toString());
    expect(process, "signer ready");
    return process;
  }

  private static void expect(Process process, String word) throws IOException {
    String line = process.inputReader().readLine();
    while (!word.equals(line)) {
      if (line == null) {
        throw new IllegalStateException("it ended without saying \"" + word + "\"");
      }
      line = process.inputReader().readLine(); // what the libraries log
    }
  }

  private static Process java(List<String> options, Class<?> what, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            what.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
