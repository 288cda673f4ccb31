package de.kreissiegel.ra.pages;

import static org.mockito.Mockito.mock;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.Effect;
import de.kreissiegel.ca.lifecycle.Explanation;
import de.kreissiegel.ca.lifecycle.HeldPlan;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.lifecycle.PlanItem;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mockito.invocation.InvocationOnMock;
import org.mockito.stubbing.Answer;

/** A directory from which half of Königsberg has gone, and in which a clerk was renamed. */
final class SamplePlans {
  static final UUID PLAN = UUID.fromString("6f2b3c0e-6f4d-4c55-9a53-3b1a8f3a1c11");

  final PlanDesk desk = mock(PlanDesk.class, (Answer<?>) this::desk);
  final SubjectLifecycle lifecycle = mock(SubjectLifecycle.class, (Answer<?>) this::lifecycle);
  private final Clock clock;
  private final List<String> consents = new ArrayList<>();

  SamplePlans(Clock clock) {
    this.clock = clock;
  }

  private Object desk(InvocationOnMock call) throws Refused {
    var officer = (Actor.Person) call.<Actor>getArgument(0);
    boolean theirs = officer.officerFor().contains(SamplePeople.KOENIGSBERG) && consents.size() < 2;
    return switch (call.getMethod().getName()) {
      case "open" -> theirs ? List.of(plan()) : List.of();
      case "view" -> {
        if (!theirs || !call.getArgument(1).equals(PLAN)) {
          throw new Refused(RefusalReason.NOT_FOUND, "no plan");
        }
        yield plan();
      }
      case "consent" -> {
        consents.add(officer.auditName());
        yield consents.size() == 2;
      }
      default -> throw new UnsupportedOperationException(call.getMethod().getName());
    };
  }

  private Object lifecycle(InvocationOnMock call) {
    return switch (call.getMethod().getName()) {
      case "plans" -> desk;
      case "explain" ->
          Optional.of(
              new Explanation(
                  Change.Kind.MOVED,
                  clock.instant(),
                  Effect.Act.LATER,
                  Optional.of(clock.instant().plus(Duration.ofDays(14)))));
      case "occasions" ->
          List.of(
              new Occasion(
                  SamplePeople.STAFF.id(),
                  SamplePeople.HASSFURT,
                  new ProfileName("signature"),
                  Change.Kind.RENAMED,
                  clock.instant(),
                  false));
      default -> throw new UnsupportedOperationException(call.getMethod().getName());
    };
  }

  private HeldPlan plan() {
    var names =
        List.of("Lena Sommer", "GRP: Bauamt", "Dr. Maximilian Graf von Weißenstein-Hohenburg");
    return new HeldPlan(
        PLAN,
        SamplePeople.KOENIGSBERG,
        new Brake.Stop(Brake.Reason.SHARE, 12, 3),
        1,
        clock.instant(),
        consents,
        IntStream.range(0, 12)
            .mapToObj(
                n ->
                    new PlanItem(
                        n,
                        new DirectoryName("district"),
                        new SubjectId("s" + n),
                        SamplePeople.KOENIGSBERG,
                        n % 3 == 1 ? Change.Kind.KEY_HOLDER_LEFT : Change.Kind.LEFT,
                        Set.of(),
                        "entry deleted",
                        names.get(n % 3),
                        true,
                        clock.instant()))
            .toList());
  }
}
