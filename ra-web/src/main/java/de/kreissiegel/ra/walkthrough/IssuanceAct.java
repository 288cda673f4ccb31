package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The officer says yes, and the applicant fetches the certificate. */
final class IssuanceAct {
  private static final Duration ISSUED_WITHIN = Duration.ofSeconds(15);

  private final Stage stage;
  private final Desk staff;
  private final Desk officer;

  IssuanceAct(Stage stage) throws Surprise {
    this.stage = stage;
    this.staff = stage.as(DemoRole.STAFF);
    this.officer = stage.as(DemoRole.OFFICER);
  }

  IssuedCertificate play(ApplicationAct.Waiting waiting) throws Surprise {
    var narrator = stage.narrator();
    narrator.step("A yes without the officer's signature", () -> unsigned(waiting.id()));
    var issued = narrator.step("The officer signs the approval", () -> approve(waiting.id()));
    return narrator.step(
        "The applicant fetches the certificate", () -> fetch(issued, waiting.key()));
  }

  private Seen<Integer> unsigned(String id) throws Exception {
    var reply = officer.tryToApprove(id).expect(400);
    Surprise.unless(
        staff.application(id).is(Application.AWAITING_APPROVAL),
        "an application that still waits",
        staff.application(id).state());
    return new Seen<>(
        reply.status(), "refused with " + reply.status() + ", the application still waits");
  }

  private Seen<Application> approve(String id) throws Exception {
    officer.tryToApprove(id, stage.officer()).expect(200);
    var came =
        Patience.until(
            ISSUED_WITHIN,
            "the certificate",
            () -> Optional.of(staff.application(id)).filter(one -> one.is(Application.ISSUED)));
    var sentence =
        "issued by %s after %s, serial number %s"
            .formatted(
                came.value().authority().orElse("?"),
                came.took(),
                came.value().serial().orElse("?"));
    return new Seen<>(came.value(), sentence);
  }

  private Seen<IssuedCertificate> fetch(Application issued, ClientKey key) throws Exception {
    var authority = named(issued.authority(), "authority", issued);
    var serial = named(issued.serial(), "serial", issued);
    var certificate = Anchors.parse(staff.file(authority, serial, "pem")).getFirst();
    Surprise.unless(
        Arrays.equals(staff.file(authority, serial, "der"), certificate.getEncoded()),
        "the same certificate as PEM and as DER",
        "two different ones");
    Surprise.unless(
        certificate.getPublicKey().equals(key.pair().getPublic()),
        "a certificate for the key made here",
        "one for another key");
    Surprise.unless(
        Text.serial(certificate.getSerialNumber()).equals(serial),
        "serial number " + serial,
        Text.serial(certificate.getSerialNumber()));
    var issuer = issuer(certificate);
    var sentence =
        "%s, valid until %s, for the key made here"
            .formatted(
                certificate.getSubjectX500Principal(),
                Text.time(certificate.getNotAfter().toInstant()));
    return new Seen<>(new IssuedCertificate(authority, certificate, issuer), sentence);
  }

  /** The issuer in the anchors' chain, which has to be the one at the address inside, too. */
  private X509Certificate issuer(X509Certificate certificate) throws Exception {
    var issuer =
        stage
            .anchors()
            .issuerOf(certificate)
            .orElseThrow(
                () ->
                    new Surprise(
                        certificate.getIssuerX500Principal() + " in trust/chain.pem", "none"));
    var address = AddressesInside.of(certificate).issuer();
    var there = Anchors.parse(stage.doors().fetch(address).expect(200).body()).getFirst();
    Surprise.unless(there.equals(issuer), "the issuer's certificate at " + address, "another one");
    return issuer;
  }

  private static String named(Optional<String> value, String name, Application application)
      throws Surprise {
    return value.orElseThrow(
        () -> new Surprise("\"" + name + "\" of the issued application", application.toString()));
  }
}
