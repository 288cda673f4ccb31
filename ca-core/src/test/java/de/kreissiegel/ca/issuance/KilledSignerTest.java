package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real signer is killed with SIGKILL again and again while certificates are made. */
class KilledSignerTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final int EACH_TIME = 10;

  @TempDir Path folder;

  /** How often; {@link KilledOftenLongTest} does it more often. */
  int kills() {
    return 4;
  }

  @Test
  void everySignedCertificateIsStoredAndEveryStoredOneSigned() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    System.out.println("Kills the signer " + kills() + " times; seed " + seed);
    var vault = new VaultOfItsOwn(folder);
    House house;
    try (Vault inside = vault.create()) {
      house =
          new House(
              DATABASE,
              inside,
              House.withoutOfficers(folder.resolve("profiles")),
              new MovableClock());
    }
    List<RequestId> ids = applications(house);
    long killedMidway = 0;
    try (var signer = new RemoteSigner(vault.socket(), Duration.ofSeconds(5))) {
      house.signer = signer;
      house.restart(house.certificates);
      var next = new AtomicInteger();
      for (int kill = 0; kill < kills(); kill++) {
        Process process = vault.start();
        int share = EACH_TIME * (kill + 1);
        long before = stored();
        try (var pool = Executors.newFixedThreadPool(4)) {
          List<Future<?>> running = new ArrayList<>();
          for (int thread = 0; thread < 4; thread++) {
            running.add(pool.submit(approving(house, ids, next, share)));
          }
          // At any moment between the first and the last of this round's signatures.
          awaitStored(before + 1 + random.nextInt(EACH_TIME - 2));
          process.waitFor(random.nextInt(15), TimeUnit.MILLISECONDS);
          process.destroyForcibly().waitFor();
          for (Future<?> one : running) {
            one.get();
          }
          killedMidway += stored() > before && stored() < share ? 1 : 0;
        }
      }
      Process process = vault.start();
      try {
        house.clock.pass(Duration.ofMinutes(2)); // the leases of attempts that failed
        house.issuance.resumeApproved();
        assertSame(house, ids, signer, seed);
        assertThat(killedMidway).as("seed " + seed).isGreaterThanOrEqualTo(kills() / 4);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static long stored() {
    return DATABASE.number("select count(*) from certificate");
  }

  private static void awaitStored(long count) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(5);
    while (stored() < count && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static Callable<Object> approving(
      House house, List<RequestId> ids, AtomicInteger next, int end) {
    return () -> {
      for (int number = next.getAndIncrement(); ; number = next.getAndIncrement()) {
        if (number >= end) {
          next.decrementAndGet();
          return number;
        }
        house.approve(House.officer(house.otto, House.TOWN), ids.get(number));
      }
    };
  }

  private static void assertSame(House house, List<RequestId> ids, RemoteSigner signer, long seed)
      throws SigningUnavailable {
    for (RequestId id : ids) {
      assertThat(house.requests.find(id))
          .as("seed " + seed)
          .containsInstanceOf(CertificateRequest.Issued.class);
    }
    List<JournalRecord> signed = new ArrayList<>();
    for (long index = 0; ; ) {
      List<JournalRecord> read = signer.journal(index, 500);
      if (read.isEmpty()) {
        break;
      }
      signed.addAll(read);
      index = read.getLast().index() + 1;
    }
    signed.removeIf(
        entry ->
            entry.structure() != SignedStructure.CERTIFICATE || entry.key().value().equals("root"));
    assertThat(signed)
        .as("seed " + seed)
        .extracting(entry -> new RequestId(entry.requestId()))
        .containsExactlyInAnyOrderElementsOf(ids);
    for (JournalRecord entry : signed) {
      assertThat(
              DATABASE.number(
                  "select count(*) from certificate where request_id = ? and journal_hash = ?"
                      + " and journal_index = ? and state = 'good'",
                  entry.requestId(),
                  entry.entryHash().toArray(),
                  entry.index()))
          .as("seed " + seed)
          .isOne();
    }
    assertThat(DATABASE.number("select count(*) from certificate"))
        .as("seed " + seed)
        .isEqualTo(ids.size());
  }

  private List<RequestId> applications(House house) throws Exception {
    List<RequestId> ids = new ArrayList<>();
    for (int number = 0; number < EACH_TIME * kills(); number++) {
      var subject = House.person("Eva Eule", House.TOWN, "eva" + number + "@stadt-a.example");
      house.directory.put(subject);
      ids.add(house.desk.submit(House.staff(subject), House.application(subject, House.VPN)).id());
    }
    return ids;
  }
}
