package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** The REST use cases of the stand-in, as far as the story needs them. */
final class StandInRegister {
  /** An answer: status and JSON value, or a file's octets. */
  record Answer(int status, Object body) {}

  private static final Answer NOT_FOUND = new Answer(404, Map.of("title", "not found"));
  private static final Answer FORBIDDEN = new Answer(403, Map.of("title", "forbidden"));

  private final DemoCredentials credentials;
  private final TestAuthority devices;
  private final Set<Lie> lies;
  private final Map<String, Map<String, Object>> requests = new LinkedHashMap<>();
  private final Map<String, String> certificationRequests = new ConcurrentHashMap<>();
  private final List<Map<String, Object>> trail = new ArrayList<>();
  final Map<String, X509Certificate> certificates = new LinkedHashMap<>();

  StandInRegister(DemoCredentials credentials, TestAuthority devices, Set<Lie> lies) {
    this.credentials = credentials;
    this.devices = devices;
    this.lies = lies;
  }

  synchronized Answer answer(Person person, String path, String query, Map<String, String> body)
      throws Exception {
    var parts = path.split("/");
    return switch (parts[1]) {
      case "me" -> new Answer(200, me(person));
      case "offers" -> list(List.of(offer()));
      case "terms" -> list(List.of());
      case "audit" -> list(trail.stream().filter(e -> query.endsWith(key(e))).toList());
      case "certificates" -> certificate(parts);
      case "requests" ->
          parts.length > 2
              ? request(person, parts, body)
              : body.isEmpty() ? listRequests(person, query) : submit(body);
      default -> NOT_FOUND;
    };
  }

  private static Answer list(List<?> items) {
    return new Answer(200, Map.of("items", items, "offset", 0, "limit", 500));
  }

  private static String key(Map<String, Object> event) {
    return event.get("object").toString().replace(":", "%3A").replace("/", "%2F");
  }

  private Map<String, Object> me(Person person) {
    var officer = person.login().contains("officer") ? List.of(person.tenant()) : List.of();
    return Map.of(
        "displayName", person.name(), "tenants", List.of(person.tenant()), "officerFor", officer);
  }

  private Map<String, Object> offer() {
    return Map.of(
        "profile",
        Map.of("name", "vpn-client", "title", "VPN"),
        "subject",
        Map.of("id", "4711", "name", "Erika"),
        "tenant",
        staff().tenant());
  }

  private Person staff() {
    return credentials.person(DemoRole.STAFF);
  }

  private Answer submit(Map<String, String> body) {
    var id = UUID.randomUUID().toString();
    var request = new LinkedHashMap<String, Object>();
    request.put("id", id);
    request.put("state", "awaitingApproval");
    request.put("profile", "vpn-client");
    request.put("subject", Map.of("name", "Erika", "mail", "erika@hassfurt.example"));
    requests.put(id, request);
    certificationRequests.put(id, body.get("csr"));
    tell("request.submitted", "request:" + id);
    return new Answer(201, request);
  }

  private Answer listRequests(Person person, String query) {
    boolean foreign = !person.tenant().equals(staff().tenant());
    var shown = foreign ? List.of() : List.copyOf(requests.values());
    return query.endsWith("inbox")
        ? list(
            shown.stream().filter(r -> ((Map<?, ?>) r).containsValue("awaitingApproval")).toList())
        : list(shown);
  }

  private Answer request(Person person, String[] parts, Map<String, String> body) throws Exception {
    var request = requests.get(parts[2]);
    boolean stranger = person.login().startsWith("foreign");
    if (request == null || stranger && !lies.contains(Lie.SHOWS_IT_TO_STRANGERS)) {
      return NOT_FOUND;
    }
    if (parts.length == 3) {
      return new Answer(200, request);
    }
    boolean auditor = person.login().equals("auditor");
    if (parts[3].equals("withdraw")) {
      request.put("state", "withdrawn");
    } else if (!person.login().equals("officer")
        && !(auditor && lies.contains(Lie.LETS_THE_AUDITOR_APPROVE))) {
      return FORBIDDEN;
    } else if (parts[3].equals("approval-statement")) {
      return new Answer(200, statement(parts[2]));
    } else if (parts[3].equals("approve") && !body.containsKey("signature") && !auditor) {
      if (!lies.contains(Lie.TAKES_A_YES_WITHOUT_SIGNATURE)) {
        return new Answer(400, Map.of("title", "unsigned"));
      }
      approve(request, parts[2]);
    } else if (parts[3].equals("refuse")) {
      request.put("state", "refused");
      request.put(
          "end",
          lies.contains(Lie.SILENT_REFUSAL) ? Map.of() : Map.of("reason", body.get("reason")));
    } else {
      approve(request, parts[2]);
    }
    return new Answer(200, request);
  }

  private static Map<String, Object> statement(String id) throws Exception {
    var key = Bytes.of(TestAuthority.newKeys().getPublic().getEncoded());
    var subject = Bytes.of(new X500Name("CN=Erika").getEncoded("DER"));
    var statement =
        new ApprovalStatement(
            UUID.fromString(id),
            new KeyId("devices"),
            "vpn-client",
            subject,
            Bytes.of(new byte[0]),
            key,
            Instant.now().plusSeconds(3600),
            Duration.ofHours(1),
            "hassfurt.example",
            Bytes.of(new byte[0]),
            "4711",
            Instant.now());
    return Map.of(
        "statement",
        Base64.getEncoder().encodeToString(statement.encoded().toArray()),
        "lines",
        List.of());
  }

  private void approve(Map<String, Object> request, String id) throws Exception {
    try (var parser = new PEMParser(new java.io.StringReader(certificationRequests.get(id)))) {
      var asked =
          new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
      var key =
          lies.contains(Lie.CERTIFIES_ANOTHER_KEY)
              ? TestAuthority.newKeys().getPublic()
              : asked.getPublicKey();
      var certificate = devices.leaf("CN=Erika", key);
      var serial = certificate.getSerialNumber().toString(16);
      certificates.put(serial, certificate);
      request.put("state", "issued");
      request.put("certificate", Map.of("authority", "devices", "serial", serial));
    }
    if (!lies.contains(Lie.FORGETS_THE_APPROVAL)) {
      tell("request.approved", "request:" + id);
    }
    tell("certificate.issued", "request:" + id);
  }

  private Answer certificate(String[] parts) throws Exception {
    if (parts[4].equals("revoke")) {
      return lies.contains(Lie.LETS_THE_AUDITOR_REVOKE) ? new Answer(200, Map.of()) : FORBIDDEN;
    }
    return new Answer(200, certificates.get(parts[3]).getEncoded());
  }

  void tell(String action, String object) {
    trail.addFirst(
        Map.of(
            "at",
            Instant.now().toString(),
            "actorName",
            "Somebody",
            "action",
            action,
            "object",
            object,
            "detail",
            "why"));
  }
}
