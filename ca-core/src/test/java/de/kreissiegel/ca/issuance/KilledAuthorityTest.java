package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.storage.TestDatabase;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The authority is killed with SIGKILL while many certificates are on their way at once. */
class KilledAuthorityTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;

  /** How often; {@link KilledOftenLongTest} does it more often. */
  int kills() {
    return 2;
  }

  @Test
  void whatTheVaultSignedIsTakenInAndWhatWasToldOfIsThere() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    System.out.println("Kills the authority " + kills() + " times; seed " + seed);
    try (var house = new BusyHouse(folder, DATABASE)) {
      int recovered = 0;
      for (int kill = 0; kill < kills(); kill++) {
        try (var authority = house.authority(DATABASE.address(), false)) {
          authority.issues(20 + random.nextInt(100));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
        }
        recovered += house.recover();
      }
      System.out.println("From the journal alone came " + recovered + " certificates.");
      assertSomethingWasOnItsWay(recovered, seed);
      house.assertAuditIsWhole();
    }
  }

  /** Two kills may both find nothing between the vault's answer and its commit. */
  void assertSomethingWasOnItsWay(int recovered, long seed) {}
}
