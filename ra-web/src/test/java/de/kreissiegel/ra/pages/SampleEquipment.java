package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.equipment.Equipment;
import de.kreissiegel.ca.equipment.Equipment.Kind;
import de.kreissiegel.ca.equipment.Equipment.State;
import de.kreissiegel.ca.equipment.EquipmentBook;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One card that is out, one security key that has to come back, one token that was lost. */
final class SampleEquipment {
  private static final UUID DUE = UUID.fromString("5d2b6f1e-1c43-4a53-8a34-93c8c1c0b7aa");

  private SampleEquipment() {}

  static EquipmentDesk desk(
      SampleDesks desks, SubjectDirectory directory, Clock clock, SecureRandom random) {
    var book = mock(EquipmentBook.class);
    Instant now = clock.instant();
    when(book.due(any())).thenReturn(Set.of(DUE));
    when(book.of(any(), any(), anyInt(), anyInt()))
        .thenReturn(
            List.of(
                one(UUID.randomUUID(), Kind.CARD, "0049-7731", State.OUT, now),
                one(DUE, Kind.SECURITY_KEY, "SK 5521", State.OUT, now.minus(Duration.ofDays(90))),
                one(UUID.randomUUID(), Kind.TOKEN, "T-77", State.LOST, now)));
    var certificates = mock(CertificateBook.class);
    when(certificates.ofSubjects(any())).thenAnswer(call -> desks.ofSubjects(call.getArgument(0)));
    return new EquipmentDesk(
        new EquipmentDesk.Records(
            book, certificates, mock(Transactions.class), mock(AuditTrail.class)),
        directory,
        desks.revocation,
        clock,
        random);
  }

  private static Equipment one(UUID id, Kind kind, String serial, State state, Instant at) {
    var said = new Equipment.Said(SamplePeople.OFFICER.id(), SamplePeople.OFFICER.commonName(), at);
    return new Equipment(
        id,
        kind,
        serial,
        SamplePeople.HASSFURT,
        SamplePeople.STAFF.id(),
        SamplePeople.STAFF.commonName(),
        "",
        said,
        state,
        said,
        state == State.LOST ? "im Zug liegen gelassen" : "",
        Set.of(new Equipment.Link(new AuthorityName("people"), SerialNumber.fromHex("0a1b2c3d"))));
  }
}
