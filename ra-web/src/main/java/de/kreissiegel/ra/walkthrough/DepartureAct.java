package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;
import java.time.Duration;
import java.util.Optional;

/** The person is disabled in the directory, and the district learns of it by itself. */
final class DepartureAct {
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(10);
  private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);

  private final Stage stage;
  private final StatusSource status;

  DepartureAct(Stage stage, StatusSource status) {
    this.stage = stage;
    this.status = status;
  }

  void play(IssuedCertificate issued, String dn) throws Surprise {
    var narrator = stage.narrator();
    narrator.step("The auditor can't revoke it", () -> notByTheAuditor(issued));
    narrator.step("The person is disabled, by LDAP alone; OCSP", () -> disable(issued, dn));
    narrator.step("Why, who and when stands in the audit trail", () -> explained(issued));
    narrator.step("The next CRL", () -> listed(issued));
    narrator.step("The person can't log in any more", this::lockedOut);
  }

  private Seen<Integer> notByTheAuditor(IssuedCertificate issued) throws Exception {
    var reply = stage.as(DemoRole.AUDITOR).tryToRevoke(issued, "keyCompromise").expect(403, 404);
    var after = status.ocspByPost(issued);
    Surprise.unless(after.isGood(), "still good", after.status());
    return new Seen<>(reply.status(), "refused with " + reply.status() + ", OCSP still says good");
  }

  private Seen<Duration> disable(IssuedCertificate issued, String dn) throws Exception {
    try (var directory = stage.doors().directory()) {
      directory.disable(dn);
      var came =
          Patience.until(
              REVOKED_WITHIN,
              "revoked by OCSP",
              () -> Optional.of(status.ocspByPost(issued)).filter(OcspAnswer::isRevoked));
      var got = status.ocspByGet(issued);
      Surprise.unless(got.isRevoked(), "revoked by GET, too", got.status());
      return new Seen<>(
          came.after(),
          "employeeType: disabled set; %s later %s".formatted(came.took(), came.value().status()));
    }
  }

  private Seen<AuditLine> explained(IssuedCertificate issued) throws Exception {
    var lines =
        stage
            .as(DemoRole.AUDITOR)
            .trail("certificate:" + issued.authority() + "/" + issued.serial());
    var revoked =
        AuditLine.find(lines, TrailAct.REVOKED)
            .orElseThrow(() -> new Surprise(TrailAct.REVOKED + " in the trail", "" + lines));
    Surprise.unless(
        !revoked.detail().isBlank(), "a reason in " + revoked, "an event without words");
    return new Seen<>(revoked, revoked + ": " + revoked.detail());
  }

  private Seen<String> listed(IssuedCertificate issued) throws Exception {
    var serial = issued.certificate().getSerialNumber();
    var came =
        Patience.until(
            LISTED_WITHIN,
            "the certificate on the CRL",
            () -> Optional.of(status.list(issued)).filter(list -> list.entry(serial).isPresent()));
    var list = came.value();
    var sentence =
        "CRL %s of %s lists it (%s), waited for %s"
            .formatted(
                list.number(),
                Text.time(list.crl().getThisUpdate().toInstant()),
                list.entry(serial).orElse(""),
                came.took());
    return new Seen<>(sentence, sentence);
  }

  private Seen<Integer> lockedOut() throws Exception {
    var reply = stage.as(DemoRole.STAFF).logIn().expect(401);
    return new Seen<>(reply.status(), "refused with 401");
  }
}
