package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;

/** A second application is refused with a reason, which the applicant reads. */
final class RefusalAct {
  private static final String REASON = "Für dieses Gerät gibt es schon ein Zertifikat.";

  private final Stage stage;

  RefusalAct(Stage stage) {
    this.stage = stage;
  }

  void play(ArrivalAct.VpnOffer offer) throws Surprise {
    var application = new ApplicationAct(stage);
    var second =
        stage
            .narrator()
            .step("A second application", () -> application.apply(offer, "One more, walkthrough"));
    stage.narrator().step("The officer refuses it with a reason", () -> refuse(second.id()));
  }

  private Seen<Application> refuse(String id) throws Exception {
    stage.as(DemoRole.OFFICER).refuse(id, REASON);
    var seen = stage.as(DemoRole.STAFF).application(id);
    Surprise.unless(seen.is(Application.REFUSED), "the state refused", seen.state());
    Surprise.unless(
        seen.refusedBecause().filter(REASON::equals).isPresent(),
        "the reason \"" + REASON + "\" for the applicant",
        seen.refusedBecause().orElse("none"));
    return new Seen<>(seen, "the applicant reads: " + REASON);
  }
}
