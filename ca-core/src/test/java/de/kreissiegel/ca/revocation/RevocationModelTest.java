package de.kreissiegel.ca.revocation;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateBook.RevokedEntry;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.x509.RevocationReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random orders to the desk, held against a model that knows three letters. */
class RevocationModelTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor OFFICER = Bookroom.officer(HASSFURT);

  @Test
  void followsTheModelThroughAnySequenceOfOrders() {
    long seed = 20261122L;
    var random = new Random(seed);
    RevocationDesk desk = ROOM.revocationDesk();
    List<StoredCertificate> certificates = new ArrayList<>();
    Map<StoredCertificate, Character> model = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      StoredCertificate certificate =
          sample().storedIn(ROOM.database().database(), ROOM.certificates());
      certificates.add(certificate);
      model.put(certificate, 'g');
    }
    int changes = 0;
    for (int step = 0; step < 300; step++) {
      StoredCertificate certificate = certificates.get(random.nextInt(certificates.size()));
      char order = "hhhhrrrrf".charAt(random.nextInt(9));
      if (order == 'f' && random.nextInt(4) > 0) {
        order = 'h';
      }
      char before = model.get(certificate);
      char after = expected(before, order);
      boolean done = carriedOut(desk, certificate, order);
      assertThat(done)
          .as("seed %d, step %d: order %s in state %s", seed, step, order, before)
          .isEqualTo(after != before);
      model.put(certificate, after);
      changes += done ? 1 : 0;
    }

    var listed = new HashMap<Object, Character>();
    ROOM.certificates()
        .eachRevoked(
            PEOPLE,
            SampleCertificate.NOW,
            (RevokedEntry entry) -> listed.put(entry.serial(), letter(entry.status())));
    for (StoredCertificate certificate : certificates) {
      assertThat(listed.getOrDefault(certificate.serial(), 'g'))
          .as("seed %d", seed)
          .isEqualTo(model.get(certificate));
    }
    assertThat(model.values()).as("seed %d reaches all states", seed).contains('h', 'f');
    assertThat(ROOM.certificates().statusVersion(PEOPLE)).isEqualTo(changes);
    assertThat(ROOM.database().number("select count(*) from audit_event")).isEqualTo(changes);
  }

  private static char expected(char state, char order) {
    return switch ("" + state + order) {
      case "gh" -> 'h';
      case "hr" -> 'g';
      case "gf", "hf" -> 'f';
      default -> state;
    };
  }

  private static boolean carriedOut(
      RevocationDesk desk, StoredCertificate certificate, char order) {
    try {
      switch (order) {
        case 'h' ->
            desk.revoke(
                OFFICER,
                PEOPLE,
                certificate.serial(),
                Revocation.of(RevocationReason.CERTIFICATE_HOLD, ""));
        case 'r' -> desk.release(OFFICER, PEOPLE, certificate.serial(), "");
        default ->
            desk.revoke(
                OFFICER,
                PEOPLE,
                certificate.serial(),
                Revocation.of(RevocationReason.SUPERSEDED, ""));
      }
      return true;
    } catch (Refused wrongState) {
      return false;
    }
  }

  private static char letter(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> 'g';
      case CertificateStatus.OnHold _ -> 'h';
      case CertificateStatus.Revoked _ -> 'f';
    };
  }
}
