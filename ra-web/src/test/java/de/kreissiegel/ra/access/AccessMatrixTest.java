package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Notice;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Holds every mapping of the running application against the table in {@code access-matrix.txt}:
 * each role, on an object of its own area and on one of another tenant.
 */
@Order(Integer.MAX_VALUE)
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class AccessMatrixTest {
  private static final List<String> ROLES =
      List.of("anonymous", "staff", "officer", "auditor", "password");

  /** The officer, having given no more than a password. */
  private static final String BY_PASSWORD = "password";

  private static final Pattern DESK_OF_HELPERS =
      Pattern.compile("/help-desk|/revoke-by-phone|/api/v1/phone-revocations");

  private static final Pattern TAKES_BACK = Pattern.compile("/certificates/.*/(revoke|release)$");

  @Autowired ApplicationContext context;
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired RegistrationDesk registration;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired Hotline hotline;
  @Autowired Passkeys passkeys;
  @Autowired Clock clock;
  @Autowired EmbeddedPostgres postgres;
  @Autowired DataSource pool;

  private static int reviews;

  /** What says that somebody was turned away, and nothing was done. */
  private static final Set<String> TURNED_AWAY =
      Set.of("login", "stronger", "401", "403", "404", "405");

  /** The serial numbers of certificates that nobody changes. */
  private final Map<TenantId, String> looked = new HashMap<>();

  /** Those of certificates that nobody has changed yet, though some were turned away. */
  private final Map<TenantId, String> untouched = new HashMap<>();

  /** Codes for the phone that nobody has used or replaced yet, by log-in. */
  private final Map<String, String> unused = new HashMap<>();

  private final Map<String, MockHttpSession> looking = new HashMap<>();

  @Test
  void theTableHasALineForEachMappingAndNoOther() {
    assertThat(MatrixLine.read().stream().map(MatrixLine::mapping))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(mappings());
  }

  @Test
  void eachRoleGetsWhatTheTableSays() throws Exception {
    var differences = new ArrayList<String>();
    for (MatrixLine line : MatrixLine.read()) {
      for (String role : ROLES) {
        compare(line, role, "own", line.own(role), "staff", differences);
        compare(line, role, "foreign", line.foreign(role), "stranger", differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  /**
   * Who is at the help desk gets what a member of staff gets of a stranger's, but at their desk;
   * where certificates are taken back they hear what an auditor hears, who sees them as well.
   */
  @Test
  void theHelpDeskDecidesNothingAnywhere() throws Exception {
    var differences = new ArrayList<String>();
    for (MatrixLine line : MatrixLine.read()) {
      if (!DESK_OF_HELPERS.matcher(line.path()).lookingAt()) {
        boolean takenBack = TAKES_BACK.matcher(line.path()).find();
        String expected = takenBack ? line.own("auditor") : line.foreign("staff");
        compare(line, "helper", "of one they help", expected, "staff", differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  private void compare(
      MatrixLine line,
      String role,
      String whose,
      String expected,
      String owner,
      List<String> differences)
      throws Exception {
    var seen = call(line, role, owner);
    if (!seen.equals(expected)) {
      differences.add(
          line.mapping() + " as " + role + ", " + whose + ": " + seen + ", not " + expected);
    }
  }

  private String call(MatrixLine line, String role, String owner) throws Exception {
    var person = staff.person(owner);
    var tenant = person.tenants().iterator().next();
    boolean changes = !line.method().equals("GET") || line.path().endsWith("/renew");
    String all = line.path() + line.sent();
    if (changes || all.contains("{")) {
      forgetRequests();
    }
    Optional<RequestId> id =
        all.contains("{id}") ? Optional.of(apply(person, tenant)) : Optional.empty();
    var fill =
        new Filling(
            id.map(RequestId::toString).orElse(""),
            line.path().contains("{plan}") ? held(person, tenant) : "",
            signature(line, role, owner, id),
            line.path().contains("{serial}") ? serial(line, person, tenant, changes) : "",
            person.id().value(),
            tenant.value(),
            person.login(),
            line.sent().contains("{code}") ? code(person) : "",
            all.contains("{passkey}") ? passkeyOf(person) : "",
            line.path().contains("{grant}") ? proposed(tenant) : "",
            line.path().contains("{revision}") ? drawn(tenant) : "",
            line.path().contains("{decision}") ? escrow().proposed(tenant) : "",
            line.path().contains("{recovery}") ? escrow().wanted(person, tenant) : "",
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
    var method = line.method().equals("ANY") ? "GET" : line.method();
    var call = request(HttpMethod.valueOf(method), URI.create(fill.into(line.path())));
    line.json().ifPresent(body -> call.contentType("application/json").content(fill.into(body)));
    line.form().forEach((name, value) -> call.param(name, fill.into(value)));
    if (line.path().startsWith("/api/")) {
      if (!role.equals("anonymous")) {
        call.with(
            role.equals(BY_PASSWORD) ? httpBasic("officer", Staff.PASSWORD) : logIns.api(role));
      }
    } else {
      call.with(csrf());
      if (!role.equals("anonymous")) {
        call.session(changes ? session(role) : looking(role));
      }
    }
    String told = perform(call);
    if (changes && !TURNED_AWAY.contains(told)) {
      untouched.clear();
      unused.clear();
    }
    return told;
  }

  private String perform(MockHttpServletRequestBuilder call) throws Exception {
    try {
      return told(web.perform(call).andReturn());
    } catch (ServletException broken) {
      return "500 (" + broken.getMessage() + ")";
    }
  }

  private String code(Actor.Person person) throws Refused {
    String known = unused.get(person.login());
    if (known == null) {
      known = hotline.make(person).inGroups();
      unused.put(person.login(), known);
    }
    return known;
  }

  /** Of the one officer who could say yes; the others' wouldn't get as far. */
  private String signature(MatrixLine line, String role, String owner, Optional<RequestId> id)
      throws Exception {
    if (!line.sent().contains("{signature}") || !role.equals("officer") || !owner.equals("staff")) {
      return "MAA=";
    }
    var signed = officers.sign(registration, staff.person(role), id.orElseThrow());
    return Base64.getEncoder().encodeToString(signed.toArray());
  }

  /** A redirection says little by itself: a form's answer is in the notice that goes along. */
  private static String told(MvcResult result) {
    var target = result.getResponse().getRedirectedUrl();
    if (target == null || result.getResponse().getStatus() == 201) {
      return String.valueOf(result.getResponse().getStatus());
    }
    if (target.endsWith("/login")) {
      return "login";
    }
    return target.endsWith("/login?stronger=yes")
        ? "stronger"
        : result.getFlashMap().get(Notice.ATTRIBUTE) instanceof Notice notice
            ? notice.tone().name().toLowerCase(Locale.ROOT)
            : "302";
  }

  private void forgetRequests() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      // Faster than truncate, where there is next to nothing.
      statement.execute("delete from approval; delete from request; delete from office_grant");
      statement.execute(EscrowObjects.NOTHING);
    }
  }

  private EscrowObjects escrow() {
    return new EscrowObjects(postgres, clock.instant());
  }

  /** That Ebern's officer stands in for this tenant's, which waits for consent. */
  private String proposed(TenantId tenant) throws SQLException {
    var grant = UUID.randomUUID().toString();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into office_grant (id, person, person_name, tenant, across, reason, begins_at,
            ends_at, proposed_by, proposer_name, proposed_at)
          values ('%s', '%s', 'Erika', '%s', true, 'Urlaub', '%s', '%s', 'lead', 'Lore', '%s')
          """
              .formatted(
                  grant,
                  staff.person("officer-ebern").id(),
                  tenant,
                  clock.instant(),
                  clock.instant().plus(Duration.ofDays(30)),
                  clock.instant()));
    }
    return grant;
  }

  /** A review of this tenant's long past affairs, with one item: something that happened here. */
  private String drawn(TenantId tenant) throws SQLException {
    var revision = UUID.randomUUID().toString();
    Instant begin = Instant.EPOCH.plus(Duration.ofDays(++reviews));
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into revision values ('%1$s', '%2$s', '%3$s', '%4$s', 'somebody', 'Rita', now(),
            sha256('seed'), 5);
          insert into revision_item
          select '%1$s', 1, 'ISSUED', chain, sequence, hash from audit_event
          where action = 'certificate.issued' order by chain, sequence limit 1;
          """
              .formatted(revision, tenant, begin, begin.plus(Duration.ofHours(1))));
    }
    return revision;
  }

  /** A plan that the brake holds. */
  private String held(Actor.Person person, TenantId tenant) throws SQLException {
    var plan = UUID.randomUUID().toString();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "delete from plan_consent; delete from plan_effect; delete from plan_item; delete from"
              + " plan");
      statement.execute(
          """
          insert into plan (id, tenant, why, leaving, allowed, revision, opened_at)
          values ('%1$s', '%2$s', 'SHARE', 9, 3, 1, now());
          insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
            seen_at, state, plan)
          values ('district', '%3$s', '%2$s', 'LEFT', '{}', 'entry deleted', 'Erika', true, now(),
            'held', '%1$s');
          """
              .formatted(plan, tenant.value(), person.id().value()));
    }
    return plan;
  }

  /** A passkey that the person has; its id for an address. */
  private String passkeyOf(Actor.Person person) throws Refused {
    var id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    for (Passkey old : passkeys.of(person)) {
      passkeys.remove(person, clock.instant(), old.id());
    }
    passkeys.add(
        person,
        clock.instant(),
        new Passkey(
            Bytes.of(id),
            person.id(),
            "Laptop",
            Bytes.of(new byte[1]),
            Bytes.of(new byte[1]),
            0,
            Set.of(),
            new Passkey.Backup(false, false),
            Instant.EPOCH,
            Instant.EPOCH));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /** A request that waits for an officer. */
  private RequestId apply(Actor.Person person, TenantId tenant) throws Exception {
    var csr = Pem.certificationRequest(Certificates.certificationRequest());
    var application =
        new CertificateApplication(
            person.id(), tenant, new ProfileName("vpn-client"), csr, "fürs Homeoffice");
    return registration.submit(person, application).id();
  }

  /** A certificate: the same one until somebody has changed it. */
  private String serial(MatrixLine line, Actor.Person person, TenantId tenant, boolean changes)
      throws Exception {
    if (line.path().endsWith("/renew")) {
      return serialOfNew(person, tenant); // what is renewed needs its request
    }
    Map<TenantId, String> those = changes ? untouched : looked;
    String known = those.get(tenant);
    if (known == null) {
      known = serialOfNew(person, tenant);
      those.put(tenant, known);
    }
    return known;
  }

  /** A certificate that the tenant's officer has just let the vault sign. */
  private String serialOfNew(Actor.Person person, TenantId tenant) throws Exception {
    var officer = staff.person(tenant.equals(Staff.HASSFURT) ? "officer" : "officer-ebern");
    var decided = officers.approve(registration, officer, apply(person, tenant));
    assertThat(decided).isInstanceOf(CertificateRequest.Issued.class);
    return ((CertificateRequest.Issued) decided).serial().toHex();
  }

  /** What is only looked at comes in the same session each time. */
  private MockHttpSession looking(String login) throws Exception {
    MockHttpSession known = looking.get(login);
    if (known == null || known.isInvalid()) {
      known = session(login);
      looking.put(login, known);
    }
    return known;
  }

  private MockHttpSession session(String login) throws Exception {
    return login.equals(BY_PASSWORD)
        ? LogIns.byPassword(web, "officer")
        : logIns.session(web, login);
  }

  private TreeSet<String> mappings() {
    var all = new TreeSet<String>();
    context
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping.getHandlerMethods().keySet().stream()
                    .flatMap(AccessMatrixTest::written)
                    .forEach(all::add));
    return all;
  }

  private static Stream<String> written(RequestMappingInfo info) {
    var methods = info.getMethodsCondition().getMethods();
    var words = methods.isEmpty() ? List.of("ANY") : methods.stream().map(Enum::name).toList();
    return info.getPatternValues().stream()
        .flatMap(path -> words.stream().map(method -> method + " " + path));
  }

  private record Filling(
      String request,
      String plan,
      String signature,
      String serial,
      String subject,
      String tenant,
      String login,
      String code,
      String passkey,
      String grant,
      String revision,
      String decision,
      String recovery,
      String day) {
    private static String path(String text) {
      if (text.startsWith("/campaigns")) {
        return "pause";
      }
      return text.startsWith("/equipment") ? "returned" : "start";
    }

    String into(String text) {
      return text.replace("{id}", request)
          .replace("{plan}", plan)
          .replace("{signature}", signature)
          .replace("{authority}", "devices")
          .replace("{name}", "people")
          .replace("{terms}", "none")
          .replace("{version}", "1")
          .replace("{device}", "apple")
          .replace("{platform}", "windows")
          .replace("{handover}", "AAAAAAAAAAAAAAAAAAAAAA")
          .replace("{serial}", serial)
          .replace("{subject}", subject)
          .replace("{tenant}", tenant)
          .replace("{csr}", text.contains("{csr}") ? Certificates.certificationRequest() : "")
          .replace("{csr2}", text.contains("{csr2}") ? Certificates.certificationRequest() : "")
          .replace("{login}", login)
          .replace("{code}", code)
          .replace("{passkey}", passkey)
          .replace("{grant}", grant)
          .replace("{revision}", revision)
          .replace("{number}", "1")
          .replace("{finding}", "1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63")
          .replace("{decision}", decision)
          .replace("{recovery}", recovery)
          .replace("{release}", recovery)
          .replace("{file}", "AAAAAAAAAAAAAAAAAAAAAA")
          .replace("{day}", day)
          .replace("{person}", subject)
          .replace("{page}", "passkeys")
          .replace("{session}", "00")
          .replace("{letter}", "1")
          .replace("{job}", "1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63")
          .replace("{step}", path(text))
          .replace("{text}", "1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63")
          .replace("{campaign}", "1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63")
          .replace("{equipment}", "1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63")
          .replace("{serial64}", UUID.randomUUID().toString());
    }
  }
}
