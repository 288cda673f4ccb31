package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RegistrationDesk;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Applications with a key that the server makes: of encryption alone, where it is escrowed. */
@Component
class ServerKeys {
  /** What the form says where the key is to come from. */
  static final String CHOICE = "server";

  private final MadeKeyDesk desk;
  private final RegistrationDesk registration;

  ServerKeys(MadeKeyDesk desk, RegistrationDesk registration) {
    this.desk = desk;
    this.registration = registration;
  }

  boolean offered(Offer offer) {
    return !offer.isOrder()
        && offer.profile().keyAlgorithms().contains(KeyAlgorithm.EC_P256)
        && desk.offers(offer.tenant(), offer.profile().name());
  }

  /**
   * Makes the key and applies with it. The page that follows shows the password, once; so it is the
   * answer itself, and no redirection.
   *
   * @param application all but the certification request
   */
  String submit(Actor.Person person, CertificateApplication application, Model model)
      throws Refused {
    MadeKeyDesk.Made made = desk.make(person, application.tenant(), application.profile());
    CertificateRequest request =
        registration.submit(
            person,
            new CertificateApplication(
                application.subject(),
                application.tenant(),
                application.profile(),
                made.certificationRequest(),
                application.remark(),
                application.fields(),
                application.renews(),
                application.grant()));
    model.addAttribute("password", made.password());
    model.addAttribute("request", "/requests/" + request.id());
    return "request-made";
  }

  /** Where the person fetches files of these requests' certificates whose keys were made here. */
  List<String> files(Actor.Person person, List<CertificateRequest> parts) {
    Set<String> issued =
        parts.stream()
            .filter(CertificateRequest.Issued.class::isInstance)
            .map(CertificateRequest.Issued.class::cast)
            .map(one -> one.authority() + "/" + one.serial())
            .collect(Collectors.toSet());
    return desk.waiting(person).stream()
        .map(one -> one.authority() + "/" + one.serial())
        .filter(issued::contains)
        .map(one -> "/keys/made/" + one)
        .toList();
  }
}
