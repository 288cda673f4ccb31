package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.audit.AuditVerifier;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.storage.JdbcAuditBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A signer, an authority that issues for many clients at once ({@link BusyAuthority}), and a
 * database, each in processes of their own; and what the clients were told.
 */
final class BusyHouse implements AutoCloseable {
  /** Milliseconds, for an authority that starts on a busy machine. */
  private static final int PATIENCE = 120_000;

  private final Path folder;
  private final TestDatabase database;
  private final Path authorities;
  private final ProfileCatalog profiles;
  private final VaultOfItsOwn vault;
  private final Process signerProcess;
  private final RemoteSigner signer;
  private final List<UUID> told = new CopyOnWriteArrayList<>();

  BusyHouse(Path folder, TestDatabase database) throws Exception {
    this.folder = folder;
    this.database = database;
    this.authorities = folder.resolve("authorities");
    this.profiles = House.withMachines(folder.resolve("profiles"));
    this.vault = new VaultOfItsOwn(folder);
    database.clear();
    try (Vault inside = vault.create()) {
      new HierarchyCeremony(inside, Clock.systemUTC(), new SecureRandom())
          .perform(House.plan(), authorities);
    }
    this.signerProcess = vault.start();
    this.signer = new RemoteSigner(vault.socket(), Duration.ofSeconds(30));
  }

  /** An authority at work. */
  final class Authority implements AutoCloseable {
    private final Process process;
    private final Thread listening = Thread.ofPlatform().unstarted(this::listen);

    private Authority(Process process) {
      this.process = process;
      listening.start();
    }

    /** The last line may be half a one: it counts for nothing. */
    private void listen() {
      process
          .inputReader()
          .lines()
          .filter(line -> line.length() == BusyAuthority.LINE)
          .map(line -> UUID.fromString(line.substring(BusyAuthority.ISSUED.length())))
          .forEach(told::add);
    }

    /** Returns when its clients were told of so many more certificates from now on. */
    void issues(int count) throws InterruptedException {
      int enough = told.size() + count;
      for (int waited = 0; told.size() < enough; waited++) {
        assertThat(process.isAlive() && waited < PATIENCE).as(BusyHouse.this::complaints).isTrue();
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }

    /** Ends it with SIGKILL; what stands in the pipe was told, too. */
    @Override
    public void close() throws InterruptedException {
      process.toHandle().destroyForcibly(); // the process itself would close the pipe, too
      process.waitFor();
      listening.join();
    }
  }

  /**
   * Starts an authority.
   *
   * @param address of its database
   * @param goesOn whether its clients come again after a failure; else one ends it
   */
  Authority authority(String address, boolean goesOn) throws IOException {
    return new Authority(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BusyAuthority.class.getName(),
                address,
                vault.socket().toString(),
                authorities.toString(),
                folder.resolve("profiles").toString(),
                String.valueOf(goesOn))
            .redirectError(folder.resolve("authority.err").toFile())
            .start());
  }

  private String complaints() {
    try {
      return Files.readString(folder.resolve("authority.err"));
    } catch (IOException unreadable) {
      return String.valueOf(unreadable);
    }
  }

  /**
   * Has the next authority find what the one before left: journal and database have the same
   * certificates then, among them all that were told of, and no request is left over.
   *
   * @return how many certificates came from the journal alone
   */
  int recover() throws Exception {
    var house = new House(database, signer, authorities, profiles);
    int recovered = house.recovery.catchUp();
    assertSame();
    house.clock.pass(Duration.ofMinutes(2)); // the leases of the killed
    house.issuance.resumeApproved();
    assertSame();
    assertThat(database.number("select count(*) from request where state <> 'issued'")).isZero();
    return recovered;
  }

  private void assertSame() throws Exception {
    List<String> signed = new ArrayList<>();
    List<JournalRecord> read = signer.journal(0, 500);
    while (!read.isEmpty()) {
      read.stream()
          .filter(entry -> entry.structure() == SignedStructure.CERTIFICATE)
          .filter(entry -> !entry.key().value().equals("root"))
          .forEach(entry -> signed.add(entry.requestId() + " " + entry.entryHash().toHex()));
      read = signer.journal(read.getLast().index() + 1, 500);
    }
    assertThat(
            database.texts(
                "select c.request_id || ' ' || encode(c.journal_hash, 'hex') from certificate c"
                    + " join request r on r.id = c.request_id and r.state = 'issued'"
                    + "   and r.authority = c.authority and r.serial = c.serial"
                    + " where c.state = 'good'"))
        .containsExactlyInAnyOrderElementsOf(signed);
    assertThat(signed.stream().map(one -> UUID.fromString(one.split(" ")[0])).toList())
        .containsAll(told)
        .doesNotHaveDuplicates();
  }

  /** The audit trail has no gap and no branch. */
  void assertAuditIsWhole() {
    var key = SampleRequests.elliptic("secp256r1").getPublic(); // no heads were signed
    var audit =
        new AuditVerifier(new JdbcAuditBook(database.database()), Bytes.of(key.getEncoded()));
    assertThat(audit.verify(List.of()).findings()).isEmpty();
  }

  @Override
  public void close() throws InterruptedException {
    signer.close();
    signerProcess.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
  }
}
