package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.DISTRICT;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.away;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.gone;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.person;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.seen;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.disclosure.PersonReport.Section;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.retention.RetentionDesk;
import de.kreissiegel.ca.retention.RetentionRules;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcDisclosureBook;
import de.kreissiegel.ca.storage.JdbcRetentionBook;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of people because of the directory: told to them, and not for ever. */
class LifecyclePrivacyTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private LifecycleHouse house;
  private SubjectLifecycle lifecycle;

  @BeforeEach
  void erikaHasACertificateAndIsAway() {
    house = new LifecycleHouse(ROOM);
    house.stored(sample().profile("vpn-client"));
    lifecycle = house.lifecycle(Brake.DEFAULT);
    lifecycle.take(DISTRICT, house.report(seen(person("erika")), seen(person("max"))));
    lifecycle.take(DISTRICT, house.report(away("erika")));
  }

  @Test
  void standsInTheReportOfThePerson() {
    lifecycle.take(DISTRICT, house.report(seen(person("erika", "Neu", true, HASSFURT))));

    PersonReport report =
        new JdbcDisclosureBook(ROOM.database().database()).about(new SubjectId("erika"));

    assertThat(report.sections().get(Section.ROSTER))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("directory", "district"));
    assertThat(report.sections().get(Section.CHANGES))
        .anySatisfy(one -> assertThat(one).containsEntry("kind", "AWAY"))
        .anySatisfy(one -> assertThat(one).containsEntry("kind", "RENAMED"));
    assertThat(report.sections().get(Section.OCCASIONS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("profile", "vpn-client"));
  }

  @Test
  void forgetsWhoIsGoneFromTheDirectory() {
    lifecycle.take(DISTRICT, house.report(gone("max")));

    assertThat(ROOM.database().texts("select subject_id from roster")).containsExactly("erika");
    assertThat(ROOM.database().texts("select name from plan_item where name is not null"))
        .isEmpty();
  }

  @Test
  void erasesSettledChangesInTheirTimeAndKeepsWhatMayStillFollow() {
    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    lifecycle.take(DISTRICT, house.report(away("erika")));

    new RetentionDesk(
            RetentionRules.DEFAULT.with(RetentionClass.REQUESTS, Period.ofYears(1)),
            new JdbcRetentionBook(ROOM.database().database()),
            ROOM.database().database(),
            ROOM.trail(),
            Clock.fixed(house.now().plus(Duration.ofDays(500)), ZoneOffset.UTC))
        .apply(new Actor.Component("retention"));

    assertThat(ROOM.database().texts("select kind from plan_item")).containsExactly("AWAY");
    assertThat(ROOM.database().number("select count(*) from plan_effect")).isOne();
  }
}
