package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;
import java.util.ArrayList;
import java.util.List;

/** The auditor reads the whole story. */
final class TrailAct {
  static final String SUBMITTED = "request.submitted";
  static final String APPROVED = "request.approved";
  static final String ISSUED = "certificate.issued";
  static final String REVOKED = "certificate.revoked";

  private final Stage stage;

  TrailAct(Stage stage) {
    this.stage = stage;
  }

  void play(String application, IssuedCertificate issued) throws Surprise {
    stage
        .narrator()
        .step("The auditor reads the whole story", () -> wholeStory(application, issued));
  }

  private Seen<Integer> wholeStory(String application, IssuedCertificate issued) throws Exception {
    var auditor = stage.as(DemoRole.AUDITOR);
    var lines = new ArrayList<AuditLine>();
    lines.addAll(auditor.trail("request:" + application));
    lines.addAll(auditor.trail("certificate:" + issued.authority() + "/" + issued.serial()));
    var told = new ArrayList<String>();
    for (String action : List.of(SUBMITTED, APPROVED, ISSUED, REVOKED)) {
      var line =
          AuditLine.find(lines, action)
              .orElseThrow(() -> new Surprise(action + " in the audit trail", "" + lines));
      told.add(line.toString());
    }
    return new Seen<>(lines.size(), String.join("; ", told));
  }
}
