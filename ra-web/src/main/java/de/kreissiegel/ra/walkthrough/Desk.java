package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The API's use cases, as one person has them. The one place that knows its addresses and names.
 */
final class Desk {
  private final Visitor visitor;

  Desk(Visitor visitor) {
    this.visitor = visitor;
  }

  Person person() {
    return visitor.person();
  }

  /** Who the demo says that this person is. */
  Json me() throws Exception {
    return logIn().expect(200).json();
  }

  /** Only tries to get in. */
  Reply logIn() throws IOException, InterruptedException {
    return visitor.get("/me");
  }

  /** What this person may apply for. */
  List<Json> offers() throws Exception {
    return visitor.get("/offers").expect(200).json().items();
  }

  /** Accepts the terms in force that this person hasn't accepted yet. */
  private void acceptTerms() throws Exception {
    for (Json terms : visitor.get("/terms").expect(200).json().items()) {
      if (terms.find("acceptedAt").isEmpty()) {
        visitor
            .post(
                "/terms/" + terms.text("name") + "/acceptance",
                Map.of(
                    "version",
                    Integer.valueOf(terms.text("version")),
                    "digest",
                    terms.text("digest")))
            .expect(200);
      }
    }
  }

  /**
   * Applies for a certificate, having accepted the terms.
   *
   * @return the application's id
   */
  String submit(String subject, String tenant, String profile, String request, String remark)
      throws Exception {
    acceptTerms();
    var body = new LinkedHashMap<String, String>();
    body.put("subject", subject);
    body.put("tenant", tenant);
    body.put("profile", profile);
    body.put("csr", request);
    body.put("remark", remark);
    var reply = visitor.post("/requests", body).expect(201);
    var id = reply.json().text("id");
    var location = reply.location().orElse("no Location");
    Surprise.unless(
        location.endsWith("/api/v1" + Application.path(id)),
        "a Location that ends in " + Application.path(id),
        location);
    return id;
  }

  /**
   * Applications as a list.
   *
   * @param scope {@code own}, {@code inbox} or {@code all}
   */
  List<Application> applications(String scope) throws Exception {
    var found = new ArrayList<Application>();
    for (Json json : visitor.get("/requests?limit=500&scope=" + scope).expect(200).json().items()) {
      found.add(Application.read(json));
    }
    return found;
  }

  Application application(String id) throws Exception {
    return Application.read(tryToSee(id).expect(200).json());
  }

  Reply tryToSee(String id) throws IOException, InterruptedException {
    return visitor.get(Application.path(id));
  }

  /** Says yes without a signature. */
  Reply tryToApprove(String id) throws IOException, InterruptedException {
    return visitor.post(Application.path(id) + "/approve", Map.of());
  }

  /** Fetches what is to be signed, signs it, and says yes. */
  Reply tryToApprove(String id, OfficerKey key) throws Exception {
    var statement = visitor.get(Application.path(id) + "/approval-statement").expect(200).json();
    Bytes octets = Bytes.of(Base64.getDecoder().decode(statement.text("statement")));
    Bytes signature = key.sign(ApprovalStatement.decode(octets));
    return visitor.post(
        Application.path(id) + "/approve",
        Map.of("signature", Base64.getEncoder().encodeToString(signature.toArray())));
  }

  Application refuse(String id, String reason) throws Exception {
    return Application.read(
        visitor
            .post(Application.path(id) + "/refuse", Map.of("reason", reason))
            .expect(200)
            .json());
  }

  Application withdraw(String id) throws Exception {
    return Application.read(
        visitor.post(Application.path(id) + "/withdraw", Map.of()).expect(200).json());
  }

  /** A certificate as a file: {@code pem}, {@code der}, {@code chain} or {@code p7c}. */
  byte[] file(String authority, String serial, String format) throws Exception {
    return visitor
        .get("/certificates/" + authority + "/" + serial + "/file?format=" + format)
        .expect(200)
        .body();
  }

  Reply tryToRevoke(IssuedCertificate certificate, String reason)
      throws IOException, InterruptedException {
    return visitor.post(
        certificate.path() + "/revoke", Map.of("reason", reason, "note", "walkthrough"));
  }

  /** The audit trail's events of one object, as {@code request:…}, newest first. */
  List<AuditLine> trail(String object) throws Exception {
    var lines = new ArrayList<AuditLine>();
    var query = URLEncoder.encode(object, StandardCharsets.UTF_8);
    for (Json json : visitor.get("/audit?limit=500&object=" + query).expect(200).json().items()) {
      lines.add(AuditLine.read(json));
    }
    return lines;
  }
}
