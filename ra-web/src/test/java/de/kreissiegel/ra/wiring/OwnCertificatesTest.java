package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.own.OwnCertificate;
import de.kreissiegel.ca.own.OwnCertificate.State;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.health.OwnCertificatesHealth;
import de.kreissiegel.ra.house.BareHouse;
import de.kreissiegel.ra.house.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The certificates on which the house stands: loud before they end, and a way out after. */
class OwnCertificatesTest {
  private static final Duration RESPONDERS_LIFE = Duration.ofDays(30);
  private static final Duration OFFICERS_LIFE = Duration.ofDays(365);

  @TempDir private Path folder;
  private BareHouse house;

  @BeforeEach
  void begin() throws Exception {
    house = new BareHouse(folder);
  }

  @AfterEach
  void end() throws Exception {
    house.close();
  }

  @Test
  void isLoudOnlyOnceTheSystemShouldHaveRenewedByItself() throws Exception {
    try (CertificationAuthority authority = house.open("house", "node")) {
      assertThat(health(authority).getStatus()).isEqualTo(Status.UP);

      house.clock().forward(RESPONDERS_LIFE.minusDays(8));
      assertThat(health(authority).getStatus()).isEqualTo(Status.UP);
      assertThat(health(authority).getDetails().get("due").toString())
          .contains("ocsp-responder-people of people may be renewed");

      house.clock().forward(Duration.ofDays(4));
      assertThat(health(authority).getStatus()).isEqualTo(Status.DOWN);
      assertThat(health(authority).getDetails().get("urgent").toString())
          .contains("ocsp-responder-people of people should have been renewed long ago");
    }
    assertThat(events("own-certificate.ending")).as("one for each, once").isEqualTo(2);
  }

  @Test
  void aResponderWhoseCertificateHasEndedGetsItsNextOneAtTheStart() throws Exception {
    try (CertificationAuthority authority = house.open("house", "node")) {
      house.clock().forward(RESPONDERS_LIFE.plusDays(1));
      assertThat(health(authority).getDetails().get("urgent").toString())
          .contains("ocsp-responder-people of people ended");
    }
    try (CertificationAuthority authority = house.open("house", "node")) {
      assertThat(health(authority).getStatus()).isEqualTo(Status.UP);
      assertThat(authority.ownCertificates().all())
          .extracting(OwnCertificate::state)
          .containsOnly(State.GOOD);
    }
  }

  @Test
  void afterTheLastOfficersCertificateACeremonyNamesOthersAndTheHouseIsOpenAgain()
      throws Exception {
    RequestId waiting;
    try (CertificationAuthority authority = house.open("house", "node")) {
      house.officers().approve(authority.registration(), officer(), applied(authority).id());
      assertThat(health(authority).getStatus()).isEqualTo(Status.UP);
    }
    house.clock().forward(OFFICERS_LIFE.plusDays(1));
    try (CertificationAuthority authority = house.open("house", "node")) {
      assertThat(health(authority).getStatus()).isEqualTo(Status.DOWN);
      assertThat(health(authority).getDetails().get("urgent").toString())
          .contains("registration-officer");
      CertificateRequest next = applied(authority);
      assertThatThrownBy(
              () -> house.officers().approve(authority.registration(), officer(), next.id()))
          .isInstanceOf(Refused.class);
      waiting = next.id();
    }
    house.nameOfficersAnew();
    try (CertificationAuthority authority = house.open("house", "node")) {
      assertThat(house.officers().approve(authority.registration(), officer(), waiting))
          .isInstanceOf(CertificateRequest.Issued.class);
      assertThat(health(authority).getStatus()).isEqualTo(Status.UP);
    }
  }

  private Health health(CertificationAuthority authority) {
    authority.ownCertificates().look();
    return new OwnCertificatesHealth(authority.ownCertificates()).health();
  }

  private CertificateRequest applied(CertificationAuthority authority) throws Exception {
    Actor.Person person = house.staff().person("staff");
    return authority
        .registration()
        .submit(
            person,
            new CertificateApplication(
                person.id(),
                person.tenants().iterator().next(),
                new ProfileName("vpn-client"),
                Certificates.certificationRequest(Certificates.newKey()),
                ""));
  }

  private Actor.Person officer() {
    return house.staff().person("officer");
  }

  private long events(String action) throws Exception {
    try (var connection = house.database("house").getConnection();
        var query =
            connection.prepareStatement("select count(*) from audit_event where action = ?")) {
      query.setString(1, action);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
