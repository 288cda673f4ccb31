package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.PlanCalendar;
import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.time.Period;

/** No ceremony makes an authority against the algorithm calendar. */
final class CalendarCheck {
  private CalendarCheck() {}

  /** All authorities of the room's plan. */
  static void requirePlan(Room room) throws CeremonyFailed {
    HierarchyPlan plan = room.plan().hierarchy();
    var calendar = new AlgorithmCalendar(room.plan().exceptions().exceptions());
    if (plan.root().isPresent()) {
      HierarchyPlan.RootAuthority root = plan.ownRoot();
      require(
          room,
          calendar,
          root.name().value(),
          KeyAlgorithm.ofWord(room.plan().algorithm(root.key())),
          root.policySet(),
          plan.rootValidity());
    }
    for (HierarchyPlan.IssuingAuthority one : plan.issuing()) {
      require(
          room,
          calendar,
          one.name().value(),
          KeyAlgorithm.ofWord(room.plan().algorithm(one.key())),
          one.policySet(),
          plan.issuingValidity());
    }
  }

  /** One authority; what is near its end or excepted is told, what is over is refused. */
  static void require(
      Room room,
      AlgorithmCalendar calendar,
      String name,
      KeyAlgorithm algorithm,
      PolicySet set,
      Period validity)
      throws CeremonyFailed {
    Words words = room.words();
    for (CalendarFinding finding :
        PlanCalendar.judge(calendar, name, algorithm, set, room.minutes().now(), validity)) {
      String sentence = finding.sentence(words.language());
      if (finding.outcome() == CalendarFinding.Outcome.REFUSED) {
        throw new CeremonyFailed(words.say("fail.calendar", name, algorithm.word(), sentence));
      }
      room.tell(words.say("calendar.told", name, sentence));
    }
  }
}
