package de.kreissiegel.ca.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.TestDatabase;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Asking back, and passing on what nobody decides. */
class QuestionsTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Patience PATIENCE = new Patience(3, ZoneId.of("Europe/Berlin"));

  private House house;
  private RegistrationDesk desk;
  private Actor.Person anna;
  private Actor.Person otto;
  private RequestId request;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    desk = house.desk;
    anna = House.staff(house.anna);
    otto = House.officer(house.otto, House.TOWN);
    request = desk.submit(anna, House.application(house.anna, House.VPN)).id();
  }

  @Test
  void nobodyApprovesBeforeTheApplicantHasAnswered() throws Exception {
    desk.ask(otto, request, "Für welches Gerät?");

    assertThat(refusal(() -> house.approve(otto, request))).isEqualTo(RefusalReason.WRONG_STATE);
    assertThat(refusal(() -> desk.ask(otto, request, "Und noch etwas?")))
        .isEqualTo(RefusalReason.WRONG_STATE);
    assertThat(desk.inbox(otto)).as("it stays in sight").hasSize(1);

    desk.answer(anna, request, "Für das Notebook im Bauhof.");

    assertThat(desk.questions(otto, request))
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.text()).isEqualTo("Für welches Gerät?");
              assertThat(question.officerName()).isEqualTo("Otto Officer");
              assertThat(question.answer().orElseThrow().text())
                  .isEqualTo("Für das Notebook im Bauhof.");
            });
    assertThat(house.approve(otto, request)).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(desk.questions(anna, request)).as("kept when it is decided").hasSize(1);
    assertThat(
            DATABASE.texts(
                "select action from audit_event where object = ? order by sequence",
                "request:" + request))
        .containsSubsequence("request.asked", "request.answered", "request.approved");
  }

  @Test
  void aQuestionMayBeFollowedByAnotherByARefusalOrByTakingItBack() throws Exception {
    desk.ask(otto, request, "Wozu?");
    desk.answer(anna, request, "Homeoffice");
    desk.ask(House.officer(house.olga, House.TOWN), request, "Seit wann?");
    assertThat(desk.questions(anna, request)).extracting(Question::number).containsExactly(1, 2);

    assertThat(desk.refuse(otto, request, "keine Antwort"))
        .isInstanceOf(CertificateRequest.Refused.class);
    RequestId other = desk.submit(anna, House.application(house.anna, House.VPN)).id();
    desk.ask(otto, other, "Wozu?");
    assertThat(desk.withdraw(anna, other)).isInstanceOf(CertificateRequest.Withdrawn.class);
    assertThat(refusal(() -> desk.answer(anna, other, "zu spät")))
        .isEqualTo(RefusalReason.WRONG_STATE);
  }

  @Test
  void onlyOfficersOfTheTenantAskAndOnlyTheApplicantAnswers() throws Exception {
    Actor.Person stranger = House.officer(house.olga, House.VILLAGE);
    assertThat(refusal(() -> desk.ask(stranger, request, "Wozu?")))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> desk.ask(anna, request, "Wozu?")))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> desk.ask(otto, request, " "))).isEqualTo(RefusalReason.REASON_MISSING);
    desk.ask(otto, request, "Wozu?");
    assertThat(refusal(() -> desk.answer(otto, request, "ich weiß es")))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> desk.answer(anna, request, "x".repeat(501))))
        .isEqualTo(RefusalReason.REASON_MISSING);

    RequestId own = desk.submit(otto, House.application(house.otto, House.VPN)).id();
    assertThat(refusal(() -> desk.ask(otto, own, "Wozu?")))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
  }

  @Test
  void whatNobodyDecidesIsPassedOnOnceToWhoAppointsOfficers() throws Exception {
    Actor.Person lead = lead(Set.of(House.TOWN));
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isZero();
    assertThat(refusal(() -> desk.view(lead, request))).isEqualTo(RefusalReason.NOT_FOUND);

    house.clock.pass(Duration.ofDays(10));
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isEqualTo(1);
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isZero();

    assertThat(desk.passedOn(lead)).extracting(CertificateRequest::id).containsExactly(request);
    assertThat(desk.passedOn(lead(Set.of(House.VILLAGE)))).isEmpty();
    assertThat(desk.passedOn(otto)).as("to them it is their own affair").isEmpty();
    assertThat(desk.view(lead, request).id()).isEqualTo(request);
    assertThat(refusal(() -> desk.refuse(lead, request, "nein")))
        .as("seen, but not theirs to decide")
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(house.approve(otto, request)).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(desk.passedOn(lead)).isEmpty();
    assertThat(refusal(() -> desk.view(lead, request))).isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void officersAreWaitedForFromTheAnswerOnAndNotWhileTheApplicantThinks() throws Exception {
    desk.ask(otto, request, "Wozu?");
    house.clock.pass(Duration.ofDays(10));
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isZero();

    desk.answer(anna, request, "Homeoffice");
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isZero();
    house.clock.pass(Duration.ofDays(10));
    assertThat(desk.passOnOld(house.clock.instant(), PATIENCE)).isEqualTo(1);
  }

  private Actor.Person lead(Set<de.kreissiegel.ca.tenancy.TenantId> tenants) {
    Actor.Person somebody =
        House.staff(House.person("Lena Leitung", House.DISTRICT, "l@k.example"));
    return new Actor.Person(
        somebody.id(),
        somebody.displayName(),
        somebody.login(),
        somebody.tenants(),
        Set.of(),
        tenants,
        Set.of(),
        somebody.proof());
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
