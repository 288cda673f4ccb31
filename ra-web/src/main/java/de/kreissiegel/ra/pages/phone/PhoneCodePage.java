package de.kreissiegel.ra.pages.phone;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ra.pages.certificates.ServiceHours;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** A person's own code for the phone: whether there is one, and a new one, shown once. */
@Controller
class PhoneCodePage {
  private final Hotline hotline;
  private final Optional<ServiceHours> serviceHours;

  PhoneCodePage(Hotline hotline, Optional<ServiceHours> serviceHours) {
    this.hotline = hotline;
    this.serviceHours = serviceHours;
  }

  @GetMapping("/phone-code")
  String show(Actor.Person person, Model model) {
    hotline.standing(person).ifPresent(standing -> model.addAttribute("standing", standing));
    serviceHours.ifPresent(hours -> model.addAttribute("serviceHours", hours.inWords()));
    return "phone-code";
  }

  /** The answer itself holds the code: it must not wait anywhere for a redirection. */
  @PostMapping("/phone-code")
  String make(Actor.Person person, Model model) {
    model.addAttribute("code", hotline.make(person).inGroups());
    return show(person, model);
  }
}
