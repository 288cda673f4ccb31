package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.storage.KillablePostgres;
import de.kreissiegel.ca.storage.TestDatabase;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is killed with SIGKILL, all of it, again and again, under an authority that goes on:
 * whoever was told of a certificate has it, and what the vault signed meanwhile is taken in.
 */
@Tag("long")
class KilledDatabaseLongTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void whatTheVaultSignedIsTakenInAndWhatWasToldOfIsThere() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    System.out.println("Kills PostgreSQL " + KILLS + " times; seed " + seed);
    try (var postgres = new KillablePostgres(folder.resolve("cluster"));
        TestDatabase database = postgres.database();
        var house = new BusyHouse(folder, database)) {
      try (var authority = house.authority(postgres.address(), true)) {
        for (int kill = 0; kill < KILLS; kill++) {
          authority.issues(20 + random.nextInt(100));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
          postgres.kill();
          postgres.comeBack();
        }
        authority.issues(100);
      }
      house.recover();
      house.assertAuditIsWhole();
    }
  }
}
