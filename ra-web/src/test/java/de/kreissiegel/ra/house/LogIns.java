package de.kreissiegel.ra.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.x509;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * How people of the {@link TestHouse} get in: who holds an office by a certificate that the house
 * issued, all others by password.
 */
public final class LogIns {
  private final Staff staff;
  private final Officers officers;
  private final RegistrationDesk desk;
  private final CertificateInventory inventory;
  private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();

  LogIns(Staff staff, Officers officers, RegistrationDesk desk, CertificateInventory inventory) {
    this.staff = staff;
    this.officers = officers;
    this.desk = desk;
    this.inventory = inventory;
  }

  /** Makes a call to the API this person's. */
  public RequestPostProcessor api(String login) throws Exception {
    return holdsAnOffice(staff.person(login))
        ? x509(certificate(login))
        : httpBasic(login, Staff.PASSWORD);
  }

  /** A session of the pages. */
  public MockHttpSession session(MockMvc web, String login) throws Exception {
    if (!holdsAnOffice(staff.person(login))) {
      return byPassword(web, login);
    }
    var answer = web.perform(get("/login/certificate").with(x509(certificate(login)))).andReturn();
    assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("https://pki.example:8443/");
    return (MockHttpSession) Objects.requireNonNull(answer.getRequest().getSession(false));
  }

  /** A session that began with no more than a password. */
  public static MockHttpSession byPassword(MockMvc web, String login) throws Exception {
    var answer =
        web.perform(
                post("/login")
                    .with(csrf())
                    .param("username", login)
                    .param("password", Staff.PASSWORD))
            .andReturn();
    assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/");
    return (MockHttpSession) Objects.requireNonNull(answer.getRequest().getSession(false));
  }

  /** The certificate that somebody with an office logs in by. */
  public X509Certificate certificate(String login) throws Exception {
    X509Certificate known = certificates.get(login);
    if (known != null) {
      return known;
    }
    Actor.Person person = staff.person(login);
    X509Certificate fresh =
        read(
            person.isOfficer()
                ? officers.certificate(desk, person)
                : authentication(person, staff.person("officer")));
    certificates.put(login, fresh);
    return fresh;
  }

  /** A certificate as its holder fetches it. */
  public X509Certificate certificateOf(Actor.Person holder, CertificateRequest.Issued issued)
      throws Exception {
    return read(inventory.view(holder, issued.authority(), issued.serial()).encoded());
  }

  private Bytes authentication(Actor.Person person, Actor.Person officer) throws Exception {
    var request =
        desk.submit(
            person,
            new CertificateApplication(
                person.id(),
                person.tenants().iterator().next(),
                new ProfileName("authentication"),
                Certificates.certificationRequest(Certificates.newKey()),
                ""));
    var issued = (CertificateRequest.Issued) officers.approve(desk, officer, request.id());
    return inventory.view(person, issued.authority(), issued.serial()).encoded();
  }

  static X509Certificate read(Bytes encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
  }

  private static boolean holdsAnOffice(Actor.Person person) {
    return !RoleMatrix.of(person).isEmpty();
  }
}
