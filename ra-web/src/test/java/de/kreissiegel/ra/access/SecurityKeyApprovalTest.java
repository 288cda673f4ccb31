package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.SoftSecurityKey;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.house.TestVaultRoom;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Notice;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** An officer registers a passkey for approving and approves by it; the vault is a real one. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class SecurityKeyApprovalTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk desk;
  @Autowired Passkeys passkeys;
  @Autowired SecurityKeys securityKeys;
  @Autowired Clock clock;
  @Autowired RecoveryDesk recoveries;
  @Autowired EmbeddedPostgres postgres;
  @Autowired JsonMapper json;

  private Actor.Person officer;
  private MockHttpSession session;
  private SoftSecurityKey key;

  @BeforeEach
  void aPasskey() throws Exception {
    officer = staff.person("officer");
    session = logIns.session(web, "officer");
    key = new SoftSecurityKey(TestVaultRoom.SECURITY_KEYS, clock.instant());
    passkeys.add(officer, clock.instant(), passkey(officer));
  }

  @AfterEach
  void gone() throws Exception {
    for (Passkey one : passkeys.of(officer)) {
      passkeys.remove(officer, clock.instant(), one.id());
    }
    withdrawAll();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(EscrowObjects.NOTHING);
    }
  }

  /** Others use this house, too, and apply for the same. */
  private void withdrawAll() throws Exception {
    Actor.Person person = staff.person("staff");
    for (CertificateRequest open : desk.own(person)) {
      if (open instanceof CertificateRequest.AwaitingApproval) {
        desk.withdraw(person, open.id());
      }
    }
  }

  private Passkey passkey(Actor.Person holder) {
    Bytes cose =
        Bytes.of(
            new ObjectConverter()
                .getCborMapper()
                .writeValueAsBytes(EC2COSEKey.create(key.publicKey())));
    return new Passkey(
        key.credential(),
        holder.id(),
        "Dienstlaptop",
        cose,
        Bytes.of(new byte[1]),
        0,
        Set.of("internal"),
        new Passkey.Backup(false, false),
        clock.instant(),
        clock.instant());
  }

  private String id() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.credential().toArray());
  }

  private static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  private Mark.Tone tone(MockHttpServletRequestBuilder call) throws Exception {
    var answer = web.perform(call.session(session).with(csrf())).andReturn();
    return answer.getFlashMap().get(Notice.ATTRIBUTE) instanceof Notice notice
        ? notice.tone()
        : Mark.Tone.INFO;
  }

  private Mark.Tone register(Bytes registration) throws Exception {
    return tone(
        post("/passkeys/approve")
            .param("passkey", id())
            .param("registration", base64(registration)));
  }

  private RequestId application() throws Exception {
    withdrawAll();
    Actor.Person person = staff.person("staff");
    return desk.submit(
            person,
            new CertificateApplication(
                person.id(),
                person.tenants().iterator().next(),
                new ProfileName("vpn-client"),
                Pem.certificationRequest(Certificates.certificationRequest()),
                ""))
        .id();
  }

  private Mark.Tone approve(RequestId request, Bytes registration) throws Exception {
    Bytes statement = desk.statement(officer, request).encoded();
    return tone(
        post("/inbox/" + request + "/approve")
            .param("signature", base64(key.approval(registration, statement))));
  }

  private String page(String address) throws Exception {
    return web.perform(get(address).session(session))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  @Test
  void approvesByAKeyThatTheOfficersCertificateRegistered() throws Exception {
    assertThat(page("/passkeys")).contains("data-part=\"passkey-approve\"", "Dienstlaptop");
    Bytes registration = officers.register(desk, officer, key);
    assertThat(register(registration)).isEqualTo(Mark.Tone.SUCCESS);
    assertThat(page("/passkeys")).contains("passkey-approves").doesNotContain("passkey-approve\"");
    RequestId request = application();
    assertThat(page("/inbox/" + request))
        .contains("data-role=\"security-key\"", "data-credential=\"" + id());

    assertThat(approve(request, registration)).isEqualTo(Mark.Tone.SUCCESS);

    assertThat(desk.view(officer, request)).isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void countsOnlyAsLongAsItsHolderWantsIt() throws Exception {
    Bytes registration = officers.register(desk, officer, key);
    register(registration);
    assertThat(tone(post("/passkeys/" + id() + "/approve/remove"))).isEqualTo(Mark.Tone.SUCCESS);
    RequestId request = application();

    assertThat(page("/inbox/" + request)).doesNotContain("data-role=\"security-key\"");
    assertThat(approve(request, registration)).isEqualTo(Mark.Tone.DANGER);

    assertThat(desk.view(officer, request)).isInstanceOf(CertificateRequest.AwaitingApproval.class);
    assertThat(passkeys.of(officer)).as("for log-in it is still there").hasSize(1);
  }

  @Test
  void goesWithThePasskey() throws Exception {
    register(officers.register(desk, officer, key));
    passkeys.remove(officer, clock.instant(), key.credential());
    passkeys.add(officer, clock.instant(), passkey(officer));

    assertThat(securityKeys.of(officer)).isEmpty();
  }

  @Test
  void isRegisteredByNobodyElsesKey() throws Exception {
    Bytes another = officers.register(desk, staff.person("officer-ebern"), key);
    assertThat(register(another)).isEqualTo(Mark.Tone.DANGER);
    assertThat(register(Bytes.of(new byte[] {0x30, 0}))).isEqualTo(Mark.Tone.DANGER);
    var other = new SoftSecurityKey(TestVaultRoom.SECURITY_KEYS, clock.instant());
    assertThat(register(officers.register(desk, officer, other)))
        .as("the same id, and another public key")
        .isEqualTo(Mark.Tone.DANGER);
    var old = new SoftSecurityKey(TestVaultRoom.SECURITY_KEYS, clock.instant().minusSeconds(3600));
    assertThat(register(officers.register(desk, officer, old))).isEqualTo(Mark.Tone.DANGER);
    assertThat(securityKeys.of(officer)).isEmpty();
  }

  @Test
  void approvesNothingElseThanWhatWasRead() throws Exception {
    Bytes registration = officers.register(desk, officer, key);
    register(registration);
    RequestId read = application();
    Bytes statement = desk.statement(officer, read).encoded();
    RequestId another = application();

    assertThat(
            tone(
                post("/inbox/" + another + "/approve")
                    .param("signature", base64(key.approval(registration, statement)))))
        .isEqualTo(Mark.Tone.DANGER);
    assertThat(desk.view(officer, another)).isInstanceOf(CertificateRequest.AwaitingApproval.class);
  }

  private Recovery wanted() throws Exception {
    String id =
        new EscrowObjects(postgres, clock.instant()).wanted(staff.person("staff"), Staff.HASSFURT);
    return recoveries.view(officer, new RecoveryId(UUID.fromString(id)));
  }

  private ReleaseStatement statement(Recovery recovery) throws Exception {
    return recoveries.statement(
        officer, recovery.id(), recovery.terms().items().getFirst().release());
  }

  @Test
  void signsThatEscrowedKeysAreGivenOut() throws Exception {
    Bytes registration = officers.register(desk, officer, key);
    register(registration);
    Recovery recovery = wanted();
    String address = "/escrow/recoveries/" + recovery.id();
    assertThat(page(address)).contains("data-role=\"security-key\"", "data-credential=\"" + id());
    Bytes other = key.approval(registration, statement(wantedAgain()).encoded());
    assertThat(tone(post(address + "/approve").param("signature", base64(other))))
        .as("the confirmation of another release")
        .isEqualTo(Mark.Tone.DANGER);

    Bytes confirmed = key.approval(registration, statement(recovery).encoded());
    assertThat(tone(post(address + "/approve").param("signature", base64(confirmed))))
        .isEqualTo(Mark.Tone.SUCCESS);

    assertThat(recoveries.view(officer, recovery.id()).given()).hasSize(1);
    assertThat(page(address)).doesNotContain("data-role=\"security-key\"");
  }

  /** Of another person, since there is one at a time. */
  private Recovery wantedAgain() throws Exception {
    String id =
        new EscrowObjects(postgres, clock.instant())
            .wantedAlso(staff.person("helper"), Staff.HASSFURT);
    return recoveries.view(officer, new RecoveryId(UUID.fromString(id)));
  }

  @Test
  void signsAReleaseByAProgramOfTheirOwn() throws Exception {
    Recovery recovery = wanted();
    String address = "/api/v1/recoveries/" + recovery.id();
    var shown =
        web.perform(get(address + "/release-statements").with(logIns.api("officer"))).andReturn();
    var part = json.readTree(shown.getResponse().getContentAsString()).path("items").get(0);
    Bytes octets =
        Bytes.of(Base64.getDecoder().decode(part.path("statement").path("statement").asString("")));
    assertThat(part.path("release").asString(""))
        .isEqualTo(recovery.terms().items().getFirst().release().toString());
    String signature = base64(officers.sign(desk, officer, ReleaseStatement.decode(octets)));

    var signed =
        web.perform(
                post(address + "/approve")
                    .with(logIns.api("officer"))
                    .contentType("application/json")
                    .content("{\"signatures\":[\"" + signature + "\"]}"))
            .andReturn()
            .getResponse();

    assertThat(signed.getStatus()).isEqualTo(200);
    var said = json.readTree(signed.getContentAsString());
    assertThat(said.path("state").asString("")).isEqualTo("requested");
    assertThat(said.path("signed")).hasSize(1);
  }

  @Test
  void aRecoverysSignaturesMayBeLongerThanOtherBodies() throws Exception {
    String address = "/api/v1/recoveries/" + wanted().id() + "/approve";
    assertThat(sent(address, 100)).as("no signature of anything").isEqualTo(422);
    assertThat(sent(address, 400)).isEqualTo(413);
    assertThat(sent("/api/v1/requests/" + UUID.randomUUID() + "/approve", 100)).isEqualTo(413);
  }

  private int sent(String address, int kibibytes) throws Exception {
    String much = base64(Bytes.of(new byte[kibibytes * 1024 * 3 / 4]));
    return web.perform(
            post(address)
                .with(logIns.api("officer"))
                .contentType("application/json")
                .content("{\"signatures\":[\"" + much + "\"]}"))
        .andReturn()
        .getResponse()
        .getStatus();
  }
}
