package de.kreissiegel.ra.walkthrough;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The world asks about the certificate: the directory has it, OCSP and CRL say good. */
final class StatusAct {
  private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(15);

  private final Stage stage;
  private final Workspace workspace;
  private final StatusSource status;

  StatusAct(Stage stage, Workspace workspace, StatusSource status) {
    this.stage = stage;
    this.workspace = workspace;
    this.status = status;
  }

  void play(IssuedCertificate issued, String dn) throws Surprise {
    var narrator = stage.narrator();
    narrator.step("The directory publishes it", () -> published(issued, dn));
    narrator.step("OCSP is asked at the address inside", () -> good(issued));
    narrator.step("The CRL at the address inside", () -> notListed(issued));
    narrator.step("A second opinion", () -> secondOpinion(issued));
  }

  private Seen<Integer> published(IssuedCertificate issued, String dn) throws Exception {
    byte[] encoded = issued.certificate().getEncoded();
    try (var directory = stage.doors().directory()) {
      var came =
          Patience.until(
              PUBLISHED_WITHIN,
              "the certificate in userCertificate;binary of " + dn,
              () ->
                  Optional.of(directory.certificates(dn))
                      .filter(all -> all.stream().anyMatch(one -> Arrays.equals(one, encoded))));
      var sentence =
          "userCertificate;binary holds it, waited for %s (%d there)"
              .formatted(came.took(), came.value().size());
      return new Seen<>(came.value().size(), sentence);
    }
  }

  private Seen<String> good(IssuedCertificate issued) throws Exception {
    var posted = status.ocspByPost(issued);
    Surprise.unless(posted.isGood(), "good by POST", posted.status());
    var got = status.ocspByGet(issued);
    Surprise.unless(got.isGood(), "good by GET", got.status());
    var sentence = "good by POST and by GET, our nonce returned, signed by " + posted.responder();
    return new Seen<>(posted.status(), sentence);
  }

  private Seen<Integer> notListed(IssuedCertificate issued) throws Exception {
    var list = status.list(issued);
    var entry = list.entry(issued.certificate().getSerialNumber());
    Surprise.unless(entry.isEmpty(), "a CRL without it", "it with " + entry.orElse(""));
    var sentence =
        "CRL %s lists %d others, signature good, next one by %s"
            .formatted(
                list.number(), list.size(), Text.time(list.crl().getNextUpdate().toInstant()));
    return new Seen<>(list.size(), sentence);
  }

  private Seen<String> secondOpinion(IssuedCertificate issued) throws Exception {
    var openSsl = OpenSsl.find();
    if (openSsl.isEmpty()) {
      return new Seen<>("", "there is no openssl on this path to ask");
    }
    var anchors = stage.anchors();
    var root = workspace.certificates("root.pem", List.of(anchors.root()));
    var issuer = workspace.certificates("issuer.pem", List.of(issued.issuer()));
    var certificate = workspace.certificates("certificate.pem", List.of(issued.certificate()));
    var above = AddressesInside.of(issued.issuer()).crl();
    var rootList = RevocationList.fetch(stage.doors(), above, anchors.root(), stage.clock());
    var lists = workspace.lists("lists.pem", List.of(status.list(issued).crl(), rootList.crl()));
    openSsl.get().verify(root, issuer, lists, certificate);
    openSsl.get().ocsp(root, issuer, certificate, status.responder(issued).toString());
    var sentence = openSsl.get().version() + ": verify -crl_check_all OK, ocsp good";
    return new Seen<>(sentence, sentence);
  }
}
