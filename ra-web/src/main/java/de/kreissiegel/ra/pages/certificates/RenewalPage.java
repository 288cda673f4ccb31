package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where a reminder leads: to the application form, filled as it was for this certificate. What was
 * ordered together is renewed together, if all of it is good.
 */
@Controller
class RenewalPage {
  private final Certificates certificates;
  private final RegistrationDesk desk;

  RenewalPage(Certificates certificates, RegistrationDesk desk) {
    this.certificates = certificates;
    this.desk = desk;
  }

  @GetMapping("/certificates/{authority}/{serial}/renew")
  String renew(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      RedirectAttributes next)
      throws Refused {
    var certificate = certificates.view(person, authority, serial);
    if (!certificates.isOwn(person, certificate)) {
      throw new Refused(RefusalReason.NOT_FOUND, "only the holder renews it");
    }
    var request = certificate.request().orElse(null);
    List<CertificateRequest> parts = request == null ? List.of() : desk.viewOrder(person, request);
    List<StoredCertificate> renewed = together(person, parts, certificate);
    var order = renewed.size() > 1;
    var profile = order ? parts.getFirst().content().profile() : certificate.profile();
    var subject =
        parts.isEmpty()
            ? certificate.subject().orElseThrow()
            : parts.getFirst().content().subject().id();
    next.addAttribute("profile", profile.value());
    if (order) {
      next.addAttribute("order", true);
    }
    next.addAttribute("subject", subject.value());
    next.addAttribute("tenant", certificate.tenant().orElseThrow().value());
    next.addAttribute(
        "renews", renewed.stream().map(one -> one.authority() + "/" + one.serial()).toList());
    return "redirect:/apply";
  }

  private List<StoredCertificate> together(
      Actor.Person person, List<CertificateRequest> parts, StoredCertificate certificate)
      throws Refused {
    var all = new ArrayList<StoredCertificate>();
    for (CertificateRequest part : parts) {
      if (part instanceof CertificateRequest.Issued issued) {
        var one = certificates.view(person, issued.authority().value(), issued.serial().toHex());
        if (one.status() instanceof CertificateStatus.Good) {
          all.add(one);
        }
      }
    }
    return all.size() == parts.size() && all.size() > 1 ? all : List.of(certificate);
  }
}
