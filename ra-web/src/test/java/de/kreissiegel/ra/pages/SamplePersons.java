package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.Due;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.identity.Twins;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Two who have to be confirmed again, and two entries that look like one human. */
final class SamplePersons {
  private static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");

  private final Clock clock;

  SamplePersons(Clock clock) {
    this.clock = clock;
  }

  Confirmations confirmations() {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var confirmations = mock(Confirmations.class);
    when(confirmations.due(any()))
        .thenReturn(
            List.of(
                new Due(
                    new SubjectId("late"),
                    "Brigitte Vogel-Schönthal",
                    HASSFURT,
                    Optional.of(today.minusMonths(37)),
                    today.minusMonths(1),
                    true),
                new Due(
                    new SubjectId("soon"),
                    "Karl Amend",
                    HASSFURT,
                    Optional.empty(),
                    today.plusDays(12),
                    false)));
    return confirmations;
  }

  TwinDesk twins() {
    var said = new AtomicReference<Optional<Boolean>>(Optional.empty());
    var desk = mock(TwinDesk.class);
    when(desk.candidates(any()))
        .thenAnswer(
            _ ->
                List.of(
                    new Twins(
                        entry("a", "landkreis"),
                        entry("b", "stadtwerke"),
                        true,
                        said.get(),
                        said.get().map(_ -> "Jana Müller"))));
    try {
      doAnswer(
              call -> {
                said.set(Optional.of(call.getArgument(3)));
                return null;
              })
          .when(desk)
          .say(any(), any(), any(), anyBoolean());
    } catch (Refused never) {
      throw new AssertionError(never);
    }
    return desk;
  }

  private static Twins.Entry entry(String id, String directory) {
    return new Twins.Entry(
        new SubjectId(id),
        "Erika Mustermann",
        directory,
        Set.of(HASSFURT),
        "erika.mustermann@stadt-hassfurt.example");
  }
}
