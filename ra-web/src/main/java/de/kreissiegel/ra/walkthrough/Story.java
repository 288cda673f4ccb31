package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;

/** The story from the first log-in to the last look at the trail, in its order. */
final class Story {
  private final Stage stage;
  private final Workspace workspace;

  Story(Stage stage, Workspace workspace) {
    this.stage = stage;
    this.workspace = workspace;
  }

  /**
   * Plays it. Whatever happens, the person is enabled again at the end.
   *
   * @throws Surprise at the first thing that is not as it should be
   */
  void play() throws Surprise {
    var dn = findStaff();
    try {
      play(dn);
    } catch (Surprise surprise) {
      putBack(dn, surprise);
      throw surprise;
    }
    stage.narrator().step("The person comes back", () -> comeBack(dn));
  }

  private void play(String dn) throws Surprise {
    var status = new StatusSource(stage);
    var offer = new ArrivalAct(stage).play(dn);
    var waiting = new ApplicationAct(stage).play(offer);
    var issued = new IssuanceAct(stage).play(waiting);
    new TrustAct(stage, workspace).play(issued, waiting.key());
    new StatusAct(stage, workspace, status).play(issued, dn);
    new RefusalAct(stage).play(offer);
    new DepartureAct(stage, status).play(issued, dn);
    new TrailAct(stage).play(waiting.id(), issued);
  }

  private String findStaff() throws Surprise {
    try (var directory = stage.doors().directory()) {
      return directory.find(stage.as(DemoRole.STAFF).person().login());
    }
  }

  private Seen<Integer> comeBack(String dn) throws Exception {
    try (var directory = stage.doors().directory()) {
      directory.enable(dn);
    }
    var reply = stage.as(DemoRole.STAFF).logIn().expect(200);
    return new Seen<>(
        reply.status(), "enabled by LDAP, logs in again; the certificate stays revoked");
  }

  private void putBack(String dn, Surprise surprise) {
    try (var directory = stage.doors().directory()) {
      directory.enable(dn);
    } catch (Surprise another) {
      surprise.addSuppressed(another);
    }
  }
}
