package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Vault, answer and database fail at random while certificates are made; then all is well again.
 */
class CrashTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final int CERTIFICATES = 60;

  @Test
  void losesNoCertificateAndMakesNoneTwiceWhateverFails() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var house = new House(DATABASE);
    List<RequestId> ids = new ArrayList<>();
    for (int number = 0; number < CERTIFICATES; number++) {
      var subject = House.person("Eva Eule", House.TOWN, "eva" + number + "@stadt-a.example");
      house.directory.put(subject);
      CertificateRequest request =
          house.desk.submit(House.staff(subject), House.application(subject, House.VPN));
      ids.add(request.id());
      var faults = JournalingFake.Fault.values();
      house.vault.fail(faults[random.nextInt(3)]); // a policy's no is no crash
      house.restart(random.nextInt(3) == 0 ? breaking(house) : house.certificates);
      try {
        house.approve(House.officer(house.otto, House.TOWN), request.id());
      } catch (IllegalStateException diskFull) {
        assertThat(diskFull).as("seed " + seed).hasMessage("the disk is full");
      }
      if (random.nextInt(5) == 0) {
        resume(house);
      }
    }
    house.vault.fail(JournalingFake.Fault.NONE);
    house.restart(house.certificates);
    house.clock.pass(Duration.ofMinutes(2)); // leases of the dead end
    house.issuance.resumeApproved();

    for (RequestId id : ids) {
      assertThat(house.requests.find(id))
          .as("seed " + seed)
          .containsInstanceOf(CertificateRequest.Issued.class);
      assertThat(house.vault.signed(id.value())).as("seed " + seed).isOne();
    }
    List<Bytes> signatures =
        house.vault.whole().stream()
            .filter(entry -> entry.structure() == SignedStructure.CERTIFICATE)
            .filter(entry -> !entry.key().value().equals("root"))
            .map(entry -> entry.entryHash())
            .toList();
    assertThat(signatures).as("seed " + seed).hasSize(CERTIFICATES);
    for (Bytes hash : signatures) {
      assertThat(
              DATABASE.number(
                  "select count(*) from certificate where journal_hash = ? and state = 'good'",
                  hash.toArray()))
          .as("seed " + seed)
          .isOne();
    }
    assertThat(DATABASE.number("select count(*) from certificate")).isEqualTo(CERTIFICATES);
    assertThat(DATABASE.number("select count(*) from outbox")).isEqualTo(CERTIFICATES);
  }

  private static void resume(House house) {
    try {
      house.issuance.resumeApproved();
    } catch (SigningUnavailable | IllegalStateException stillBroken) {
      // The next one tries again.
    }
  }

  private static CertificateBook breaking(House house) {
    return (CertificateBook)
        Proxy.newProxyInstance(
            CrashTest.class.getClassLoader(),
            new Class<?>[] {CertificateBook.class},
            (_, method, arguments) -> {
              if (method.getName().equals("insert")) {
                throw new IllegalStateException("the disk is full");
              }
              try {
                return method.invoke(house.certificates, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
