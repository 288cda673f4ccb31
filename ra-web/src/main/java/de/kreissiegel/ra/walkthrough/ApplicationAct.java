package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;
import java.util.List;

/** The member of staff applies; those who may not decide, can't; the officer looks at it. */
final class ApplicationAct {
  private final Stage stage;
  private final Desk staff;
  private final Desk officer;

  ApplicationAct(Stage stage) throws Surprise {
    this.stage = stage;
    this.staff = stage.as(DemoRole.STAFF);
    this.officer = stage.as(DemoRole.OFFICER);
  }

  /**
   * An application that waits for its officer.
   *
   * @param id its id
   * @param key the key it was made for
   */
  record Waiting(String id, ClientKey key) {}

  Waiting play(ArrivalAct.VpnOffer offer) throws Surprise {
    var narrator = stage.narrator();
    var waiting =
        narrator.step(
            "Makes a key and applies for " + ArrivalAct.PROFILE,
            () -> apply(offer, "Home office, walkthrough"));
    var id = waiting.id();
    narrator.step("The applicant can't approve it", () -> refused(staff, id));
    narrator.step("An officer of another municipality doesn't see it", () -> unseen(id));
    narrator.step("The auditor sees it and can't approve it", () -> onlySeen(id));
    narrator.step(officer.person().name() + " (officer) sees it", () -> inInbox(id));
    return waiting;
  }

  /** Applies with a new key and finds the application among the person's own. */
  Seen<Waiting> apply(ArrivalAct.VpnOffer offer, String remark) throws Exception {
    var key = ClientKey.make(stage.random());
    var id =
        staff.submit(
            offer.subject(),
            offer.tenant(),
            ArrivalAct.PROFILE,
            key.certificationRequest(),
            remark);
    var application = staff.application(id);
    Surprise.unless(
        application.is(Application.AWAITING_APPROVAL),
        "the state awaitingApproval",
        application.state());
    return new Seen<>(
        new Waiting(id, key), "P-256 key kept here, application " + id + " awaits approval");
  }

  private Seen<Integer> refused(Desk desk, String id) throws Exception {
    var reply = desk.tryToApprove(id).expect(403, 404);
    stillWaiting(id);
    return new Seen<>(
        reply.status(), "refused with " + reply.status() + ", the application still waits");
  }

  private Seen<Integer> unseen(String id) throws Exception {
    var foreign = stage.as(DemoRole.FOREIGN_OFFICER);
    var inbox = foreign.applications("inbox");
    Surprise.unless(
        inbox.stream().noneMatch(one -> one.id().equals(id)),
        "an inbox of " + foreign.person().tenant() + " without it",
        "it there");
    foreign.tryToSee(id).expect(404);
    foreign.tryToApprove(id).expect(404);
    stillWaiting(id);
    var sentence =
        "%s (%s) has %d others in the inbox; its address says 404, and so does approving it"
            .formatted(foreign.person().name(), foreign.person().tenant(), inbox.size());
    return new Seen<>(inbox.size(), sentence);
  }

  private Seen<Integer> onlySeen(String id) throws Exception {
    var auditor = stage.as(DemoRole.AUDITOR);
    auditor.tryToSee(id).expect(200);
    return refused(auditor, id);
  }

  private Seen<String> inInbox(String id) throws Exception {
    List<Application> inbox = officer.applications("inbox");
    Surprise.unless(
        inbox.stream().anyMatch(one -> one.id().equals(id)),
        "application " + id + " in the inbox of " + officer.person().tenant(),
        inbox.size() + " others");
    var application = officer.application(id);
    var sentence =
        "%d in the inbox; the directory names the subject %s, %s"
            .formatted(
                inbox.size(),
                application.subjectName(),
                application.subjectMail().orElse("no mail address"));
    return new Seen<>(application.subjectName(), sentence);
  }

  private void stillWaiting(String id) throws Exception {
    var application = staff.application(id);
    Surprise.unless(
        application.is(Application.AWAITING_APPROVAL),
        "an application that still waits",
        application.state());
  }
}
