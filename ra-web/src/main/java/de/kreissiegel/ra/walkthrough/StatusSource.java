package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.net.URI;

/** OCSP and CRL at the addresses inside a certificate, each answer fully checked. */
final class StatusSource {
  private static final String OCSP_REQUEST = "application/ocsp-request";
  private static final String OCSP_RESPONSE = "application/ocsp-response";

  private final Stage stage;

  StatusSource(Stage stage) {
    this.stage = stage;
  }

  URI responder(IssuedCertificate issued) throws Surprise {
    return AddressesInside.of(issued.certificate()).ocsp();
  }

  OcspAnswer ocspByPost(IssuedCertificate issued)
      throws Surprise, IOException, InterruptedException {
    var question = OcspQuestion.about(issued, stage.random());
    var reply = stage.doors().post(responder(issued), OCSP_REQUEST, question.encoded());
    return answer(reply, question, issued);
  }

  OcspAnswer ocspByGet(IssuedCertificate issued)
      throws Surprise, IOException, InterruptedException {
    var question = OcspQuestion.about(issued, stage.random());
    return answer(stage.doors().fetch(question.address(responder(issued))), question, issued);
  }

  RevocationList list(IssuedCertificate issued) throws Surprise, IOException, InterruptedException {
    var address = AddressesInside.of(issued.certificate()).crl();
    return RevocationList.fetch(stage.doors(), address, issued.issuer(), stage.clock());
  }

  private OcspAnswer answer(Reply reply, OcspQuestion question, IssuedCertificate issued)
      throws Surprise {
    reply.expect(200);
    Surprise.unless(reply.contentType().equals(OCSP_RESPONSE), OCSP_RESPONSE, reply.contentType());
    return OcspAnswer.read(reply.body(), question, issued.issuer(), stage.clock());
  }
}
