package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import de.kreissiegel.ra.pages.certificates.RenewalCard;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The start page: what I have, what I asked for, what I may ask for. */
@Controller
class HomePage {
  private static final int SIZE = 50;

  private final RegistrationDesk desk;
  private final CertificateInventory inventory;
  private final SubjectLifecycle lifecycle;
  private final CampaignDesk campaigns;
  private final ProfileCatalog profiles;
  private final Words words;
  private final InstantSource clock;

  HomePage(
      RegistrationDesk desk,
      CertificateInventory inventory,
      SubjectLifecycle lifecycle,
      CampaignDesk campaigns,
      ProfileCatalog profiles,
      Words words,
      InstantSource clock) {
    this.desk = desk;
    this.inventory = inventory;
    this.lifecycle = lifecycle;
    this.campaigns = campaigns;
    this.profiles = profiles;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/")
  String home(Actor.Person person, @RequestParam(defaultValue = "1") int page, Model model) {
    var now = clock.instant();
    model.addAttribute("person", person);
    var own = inventory.own(person);
    var asked = desk.own(person);
    model.addAttribute("due", RenewalCard.due(own, asked, profiles, words, now));
    model.addAttribute(
        "certificates",
        own.stream().map(certificate -> CertificateRow.of(certificate, words, now)).toList());
    int number = Paging.number(page);
    var some = desk.own(person, Paging.offset(number, SIZE), SIZE + 1);
    model.addAttribute("requests", RequestRow.all(Paging.shown(some, SIZE), words));
    model.addAttribute("paging", Paging.of(number, SIZE, some));
    if (!AccessRules.scope(person, Action.DECIDE).isEmpty()) {
      model.addAttribute("waiting", Orders.grouped(desk.inbox(person)).size());
    }
    if (!AccessRules.scope(person, Action.DECIDE_PLAN).isEmpty()) {
      model.addAttribute("held", lifecycle.plans().open(person).size());
    }
    model.addAttribute("late", campaigns.overdue(person).size());
    addOffers(person, model);
    return "home";
  }

  /** The page is worth seeing without the directory, too; only offers need it. */
  private void addOffers(Actor.Person person, Model model) {
    try {
      var all = desk.offers(person);
      var occasions =
          lifecycle.occasions(
              all.stream().map(offer -> offer.subject().id()).collect(Collectors.toSet()));
      var offers =
          all.stream()
              .map(offer -> OfferCard.of(offer, person, occasions, words))
              .sorted(Comparator.comparing(card -> card.because().isEmpty()))
              .collect(Collectors.partitioningBy(OfferCard::own));
      model.addAttribute("ownOffers", offers.getOrDefault(true, List.of()));
      model.addAttribute("otherOffers", offers.getOrDefault(false, List.of()));
    } catch (DirectoryUnavailable _) {
      model.addAttribute("offersUnavailable", true);
    }
  }
}
