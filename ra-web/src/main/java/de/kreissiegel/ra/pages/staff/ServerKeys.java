package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RegistrationDesk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Applications with a key that the server makes: of encryption alone, where it is escrowed. */
@Component
class ServerKeys {
  /** What the form says where the key is to come from. */
  static final String CHOICE = "server";

  /** So many people at a time needn't wait for each other. */
  private static final int LOCKS = 64;

  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
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
   * answer itself, and no redirection. A second click would take the first one's answer away with
   * its password: so there is no second application of that kind as long as one waits.
   *
   * @param application all but the certification request
   * @throws Refused DUPLICATE if one waits for a decision; and as the desks
   */
  String submit(Actor.Person person, CertificateApplication application, Model model)
      throws Refused {
    Lock one = locks[Math.floorMod(person.id().hashCode(), LOCKS)];
    one.lock();
    try {
      if (registration.own(person).stream().anyMatch(waiting -> isSame(waiting, application))) {
        throw new Refused(RefusalReason.DUPLICATE, "one of this kind waits for a decision");
      }
      return made(person, application, model);
    } finally {
      one.unlock();
    }
  }

  private static boolean isSame(CertificateRequest waiting, CertificateApplication application) {
    CertificateRequest.Content content = waiting.content();
    return waiting instanceof CertificateRequest.AwaitingApproval
        && content.profile().equals(application.profile())
        && content.tenant().equals(application.tenant())
        && content.subject().id().equals(application.subject());
  }

  private String made(Actor.Person person, CertificateApplication application, Model model)
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
                application.grant(),
                Optional.of(KeyOrigin.SERVER)));
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
