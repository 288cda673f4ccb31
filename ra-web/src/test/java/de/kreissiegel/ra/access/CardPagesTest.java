package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** Keys on cards: which files there are, for whom, and what is recorded. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class CardPagesTest {
  private static final Pattern LEFT_OPEN = Pattern.compile("@\\{[a-z.-]+}");

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;

  @AfterEach
  void withdraw() throws Exception {
    Actor.Person person = staff.person("staff");
    for (CertificateRequest request : registration.own(person)) {
      if (request instanceof CertificateRequest.AwaitingApproval) {
        registration.withdraw(person, request.id());
      }
    }
  }

  @Test
  void windowsMakesAKeyOnTheCardByWhatMicrosoftDescribes() throws Exception {
    String script = makeKey("windows", "vpn-client");

    assertThat(script)
        .startsWith("\ufeff# Kreissiegel")
        .contains("\r\n")
        .contains("$kinds = @('ec-p256', 'ec-p384', 'rsa-3072')")
        .contains("'RequestType = PKCS10'")
        .contains("'ProviderName = \"Microsoft Smart Card Key Storage Provider\"'")
        .contains("\"KeyAlgorithm = $algorithm\"", "\"KeyLength = $length\"")
        .contains("$algorithm = 'ECDSA_P256'; $length = 256", "$algorithm = 'RSA'; $length = 3072")
        .contains("'MachineKeySet = FALSE'", "'Exportable = FALSE'", "'SuppressDefaults = TRUE'")
        .contains("certreq.exe\" -new -user $settings $request")
        .contains("GetFolderPath('Desktop')) 'kreissiegel-vpn-client.csr'")
        .doesNotContain("Subject =");
    assertThat(LEFT_OPEN.matcher(script).find()).isFalse();
  }

  @Test
  void aShellScriptNamesNoPin() throws Exception {
    String script = makeKey("unix", "vpn-client");

    assertThat(script)
        .startsWith("#!/bin/sh\n")
        .contains("kinds='ec-p256 ec-p384 rsa-3072'")
        .doesNotContain("--pin", "--extractable", "GNUTLS_PIN", "\r");
    assertThat(LEFT_OPEN.matcher(script).find()).isFalse();
  }

  @Test
  void whatIsEncryptedIsNotTiedToACard() throws Exception {
    Actor.Person person = staff.person("staff");
    web.perform(
            get("/apply/card/unix")
                .session(session("staff"))
                .param("profile", "smime")
                .param("subject", person.id().value())
                .param("tenant", person.tenants().iterator().next().value()))
        .andExpect(status().isNotFound());
    assertThat(page("smime")).doesNotContain("key-token");
    assertThat(page("vpn-client")).contains("key-token", "card-key-unix", "card-key-windows");

    apply("smime", "token");
    assertThat(registration.own(person))
        .noneMatch(CertificateRequest.AwaitingApproval.class::isInstance);
  }

  @Test
  void whoAppliedSaysWhereTheKeyIsAndGetsTheSecondFile() throws Exception {
    apply("vpn-client", "token");
    CertificateRequest waiting =
        registration.own(staff.person("staff")).stream()
            .filter(CertificateRequest.AwaitingApproval.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(waiting.content().keyOrigin()).isEqualTo(Optional.of(KeyOrigin.TOKEN));
    assertThat(body("/inbox/" + waiting.id(), "officer")).contains("nicht nachprüfbar");

    var issued =
        (CertificateRequest.Issued)
            officers.approve(registration, staff.person("officer"), waiting.id());
    String address = "/certificates/" + issued.authority() + "/" + issued.serial();

    assertThat(body("/requests/" + issued.id(), "staff"))
        .contains(address + "/card/windows", address + "/card/unix")
        .doesNotContain("data-part=\"collect\"");
    assertThat(body(address, "staff")).contains(address + "/card/unix");
    assertThat(body(address, "officer")).doesNotContain("/card/unix");
    String windows = body(address + "/card/windows", "staff");
    assertThat(windows)
        .contains("certreq.exe\" -accept -user $file")
        .contains("Add-Authority 'Root' '", "Add-Authority 'CA' '");
    assertThat(LEFT_OPEN.matcher(windows).find()).isFalse();
    String unix = body(address + "/card/unix", "staff");
    assertThat(unix).contains("-----BEGIN CERTIFICATE-----").doesNotContain("--pin");
    assertThat(LEFT_OPEN.matcher(unix).find()).isFalse();
    web.perform(get(address + "/card/unix").session(session("officer")))
        .andExpect(status().isNotFound());
    web.perform(get(address + "/card/amiga").session(session("staff")))
        .andExpect(status().isNotFound());
  }

  private String makeKey(String platform, String profile) throws Exception {
    Actor.Person person = staff.person("staff");
    var answer =
        web.perform(
                get("/apply/card/" + platform)
                    .session(session("staff"))
                    .param("profile", profile)
                    .param("subject", person.id().value())
                    .param("tenant", person.tenants().iterator().next().value()))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse();
    assertThat(answer.getHeader("Content-Disposition")).contains("attachment");
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  private String page(String profile) throws Exception {
    Actor.Person person = staff.person("staff");
    return web.perform(
            get("/apply")
                .session(session("staff"))
                .param("profile", profile)
                .param("subject", person.id().value())
                .param("tenant", person.tenants().iterator().next().value()))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  private void apply(String profile, String keyFrom) throws Exception {
    Actor.Person person = staff.person("staff");
    web.perform(
            multipart("/requests")
                .session(session("staff"))
                .with(csrf())
                .param("profile", profile)
                .param("subject", person.id().value())
                .param("tenant", person.tenants().iterator().next().value())
                .param("keyFrom", keyFrom)
                .param("csr", Certificates.certificationRequest()))
        .andExpect(status().is3xxRedirection());
  }

  private String body(String address, String login) throws Exception {
    return web.perform(get(address).session(session(login)))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8);
  }

  private MockHttpSession session(String login) throws Exception {
    return logIns.session(web, login);
  }
}
