package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.client.SignerGroup;
import de.kreissiegel.hsm.signing.NamedSigner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two vaults with the same keys serve one authority; each has a journal of its own. */
class TwoSignersTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private House house;
  private JournalingFake one;
  private JournalingFake two;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    one = house.vault;
    two = one.twin();
    restart();
  }

  private void restart() {
    house.signer =
        new SignerGroup(
            List.of(new NamedSigner("one", one), new NamedSigner("two", two)), house.clock);
    house.restart(house.certificates);
  }

  @Test
  void goesOnWithTheOtherWhenOneIsOut() throws Exception {
    one.fail(JournalingFake.Fault.DOWN);
    assertThat(house.approved(house.anna, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);
    one.fail(JournalingFake.Fault.NONE);
    two.fail(JournalingFake.Fault.DOWN);
    house.clock.pass(Duration.ofSeconds(10));
    var eva = House.person("Eva Eule", House.TOWN, "eva@stadt-a.example");
    house.directory.put(eva);
    assertThat(house.approved(eva, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(two.whole()).isNotEmpty();
  }

  @Test
  void startsWithOneOfThemOut() throws Exception {
    one.fail(JournalingFake.Fault.DOWN);
    restart();
    assertThat(house.recovery.catchUpWithThoseThere()).isZero();
    assertThat(house.approved(house.anna, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void neverHasASecondOneSignWhatTheFirstMayHaveSigned() throws Exception {
    one.fail(JournalingFake.Fault.REPLY_LOST);
    two.fail(JournalingFake.Fault.REPLY_LOST);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    assertThat(waiting).isInstanceOf(CertificateRequest.Approved.class);
    JournalingFake asked = one.signed(waiting.id().value()) == 1 ? one : two;
    JournalingFake other = asked == one ? two : one;

    asked.fail(JournalingFake.Fault.DOWN);
    other.fail(JournalingFake.Fault.NONE);
    // The process crashes and forgets; the vault that was asked is still out for a long time.
    for (int hour = 0; hour < 3; hour++) {
      restart();
      house.clock.pass(Duration.ofHours(1));
      house.issuance.resumeApproved();
      house.issuance.issue((CertificateRequest.Approved) waiting);
      assertThat(house.requests.find(waiting.id()))
          .containsInstanceOf(CertificateRequest.Approved.class);
    }
    // A new one doesn't wait for it.
    var eva = House.person("Eva Eule", House.TOWN, "eva@stadt-a.example");
    house.directory.put(eva);
    assertThat(house.approved(eva, House.VPN)).isInstanceOf(CertificateRequest.Issued.class);

    asked.fail(JournalingFake.Fault.NONE);
    house.clock.pass(Duration.ofMinutes(5));
    house.issuance.resumeApproved();
    assertThat(house.requests.find(waiting.id()))
        .containsInstanceOf(CertificateRequest.Issued.class);
    assertThat(asked.signed(waiting.id().value())).isOne();
    assertThat(other.signed(waiting.id().value())).isZero();
  }

  @Test
  void readsBothJournalsAfterACrash() throws Exception {
    one.fail(JournalingFake.Fault.REPLY_LOST);
    two.fail(JournalingFake.Fault.DOWN);
    CertificateRequest first = house.approved(house.anna, House.VPN);
    one.fail(JournalingFake.Fault.DOWN);
    two.fail(JournalingFake.Fault.REPLY_LOST);
    house.clock.pass(Duration.ofMinutes(5));
    var eva = House.person("Eva Eule", House.TOWN, "eva@stadt-a.example");
    house.directory.put(eva);
    CertificateRequest second = house.approved(eva, House.VPN);
    assertThat(DATABASE.number("select count(*) from certificate")).isZero();

    one.fail(JournalingFake.Fault.NONE);
    two.fail(JournalingFake.Fault.NONE);
    restart();
    assertThat(house.recovery.catchUp()).isEqualTo(2);
    assertThat(house.recovery.catchUp()).isZero();

    for (CertificateRequest each : List.of(first, second)) {
      assertThat(house.requests.find(each.id()))
          .containsInstanceOf(CertificateRequest.Issued.class);
      assertThat(one.signed(each.id().value()) + two.signed(each.id().value())).isOne();
    }
    assertThat(DATABASE.number("select count(*) from journal_position")).isEqualTo(2);
  }
}
