package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.bulk.BulkBook;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkJob;
import de.kreissiegel.ca.bulk.BulkRow;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One list of the officer, checked, with a row of each sort. */
final class SampleLists {
  static final UUID JOB = UUID.fromString("2b7a6b7e-6a0f-4c55-9d51-0f6d7a8e1c11");

  private SampleLists() {}

  static BulkDesk desk(Clock clock, SecureRandom random) {
    var book = mock(BulkBook.class);
    var job =
        new BulkJob(
            JOB,
            BulkJob.Kind.INVITATIONS,
            new ProfileName("vpn-client"),
            SamplePeople.OFFICER.id(),
            SamplePeople.OFFICER.commonName(),
            Proof.CERTIFICATE,
            clock.instant(),
            BulkJob.State.PAUSED,
            new BulkJob.Counts(0, 1, 1, 1, 0));
    when(book.of(SamplePeople.OFFICER.id())).thenReturn(List.of(job));
    when(book.find(any())).thenReturn(Optional.of(job));
    when(book.rows(any()))
        .thenReturn(
            List.of(
                row(1, BulkRow.State.DONE, "agross", SamplePeople.STAFF.commonName()),
                row(2, BulkRow.State.READY, "jmueller", SamplePeople.OFFICER.commonName()),
                row(3, BulkRow.State.FAULTY, "niemand@stadt-hassfurt.example", "")));
    return new BulkDesk(
        new BulkDesk.Records(book, mock(Transactions.class), mock(AuditTrail.class)),
        clock,
        random);
  }

  private static BulkRow row(int number, BulkRow.State state, String who, String name) {
    boolean faulty = state == BulkRow.State.FAULTY;
    return new BulkRow(
        number,
        who,
        faulty ? Optional.empty() : Optional.of(SamplePeople.HASSFURT.value()),
        Optional.empty(),
        state,
        faulty ? Optional.empty() : Optional.of(new SubjectId(who)),
        name,
        faulty ? Optional.of(RefusalReason.NOT_FOUND) : Optional.empty(),
        faulty ? "nobody of that name in the officer's tenants" : "",
        Optional.empty());
  }
}
