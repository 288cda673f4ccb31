package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SystemCertificatesTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ProfileName WEB = new ProfileName("web-server");
  private static final ProfileName OCSP = new ProfileName("ocsp-responder-people");

  private House house;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
  }

  @Test
  void certifiesAResponderOnceAndAgainWhenItIsTime() throws Exception {
    Bytes key = house.vault.make("ocsp-people");
    StoredCertificate first = house.system.issue(OCSP, key, List.of());
    assertThat(house.system.issue(OCSP, key, List.of())).isEqualTo(first);
    assertThat(first.tenant()).isEmpty();
    assertThat(first.subject()).isEmpty();

    house.clock.pass(Duration.ofDays(21));
    assertThat(house.system.issue(OCSP, key, List.of()).serial()).isNotEqualTo(first.serial());
  }

  @Test
  void certifiesTheWebServerWithItsNames() throws Exception {
    StoredCertificate certificate =
        house.system.issueFor(WEB, SampleRequests.ofNewKey(), List.of("Localhost", "pki.example"));
    assertThat(certificate.alternativeNames()).isEqualTo("dns:localhost dns:pki.example");
    assertThat(DATABASE.number("select count(*) from audit_event where tenant is not null"))
        .isZero();
    assertThat(DATABASE.number("select count(*) from outbox")).isZero();
  }

  @Test
  void goesOnWithTheSameRequestAfterTheVaultWasDown() throws Exception {
    Bytes key = house.vault.make("ocsp-people");
    house.vault.fail(JournalingFake.Fault.DOWN);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(
              catchThrowableOfType(Refused.class, () -> house.system.issue(OCSP, key, List.of()))
                  .reason())
          .isEqualTo(RefusalReason.SIGNER_UNAVAILABLE);
    }
    house.vault.fail(JournalingFake.Fault.NONE);
    house.system.issue(OCSP, key, List.of());
    assertThat(DATABASE.number("select count(*) from request")).isOne();
  }

  @Test
  void neverGivesTheSystemAProfileOfStaffOrStaffOneOfTheSystem() {
    assertThatThrownBy(() -> house.system.issue(House.VPN, house.vault.make("x"), List.of()))
        .isInstanceOf(Refused.class);
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        house.desk.submit(
                            House.staff(house.anna), House.application(house.anna, OCSP)))
                .reason())
        .isEqualTo(RefusalReason.UNKNOWN_PROFILE);
  }
}
