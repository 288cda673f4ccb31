package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.pages.CheckForm;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.OfficerCertificate;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.RequestState;
import de.kreissiegel.ra.pages.Timeline;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.cards.CardPlatform;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import de.kreissiegel.ra.pages.device.Device;
import de.kreissiegel.ra.pages.terms.TermsForm;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One application as its applicant sees it, from "sent" to "taken". */
@Controller
class RequestPage {
  private final RegistrationDesk desk;
  private final CertificateInventory inventory;
  private final ServerKeys serverKeys;
  private final TermsForm terms;
  private final Words words;
  private final InstantSource clock;

  RequestPage(
      RegistrationDesk desk,
      CertificateInventory inventory,
      ServerKeys serverKeys,
      TermsForm terms,
      Words words,
      InstantSource clock) {
    this.desk = desk;
    this.inventory = inventory;
    this.serverKeys = serverKeys;
    this.terms = terms;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/requests/{id}")
  String show(Actor.Person person, @PathVariable RequestId id, Model model) throws Refused {
    var parts = desk.viewOrder(person, id);
    var request = Orders.standing(parts);
    var content = request.content();
    var own = content.applicant().equals(person.auditName());
    if (!own && desk.isOfficerFor(person, request)) {
      return "redirect:/inbox/" + id;
    }
    model.addAttribute("row", RequestRow.of(parts, words));
    model.addAttribute("content", content);
    model.addAttribute("state", RequestState.name(request));
    var questions = questions(person, parts);
    model.addAttribute("timeline", Timeline.of(request, questions, words));
    model.addAttribute(
        "question", questions.stream().filter(one -> one.answer().isEmpty()).toList());
    model.addAttribute(
        "passedOn",
        request instanceof CertificateRequest.AwaitingApproval waiting
            && waiting.waiting().passedOn().isPresent());
    model.addAttribute("accepted", terms.accepted(parts));
    model.addAttribute(
        "checks",
        CheckForm.lines(
            desk.checks(person, id).stream()
                .filter(one -> one.request().filter(id.value()::equals).isPresent())
                .toList(),
            words));
    model.addAttribute("own", own);
    model.addAttribute(
        "mayWithdraw", own && request instanceof CertificateRequest.AwaitingApproval);
    if (request instanceof CertificateRequest.Refused refused) {
      model.addAttribute("reason", refused.reason());
    }
    content
        .keyOrigin()
        .ifPresent(origin -> model.addAttribute("keyOrigin", words.of("key-origin." + origin)));
    boolean card = own && content.keyOrigin().equals(Optional.of(KeyOrigin.TOKEN));
    model.addAttribute("cardPlatforms", card ? List.of(CardPlatform.values()) : List.of());
    model.addAttribute("madeFiles", own ? serverKeys.files(person, parts) : List.of());
    addCertificates(person, parts, model);
    return "request";
  }

  private List<Question> questions(Actor.Person person, List<CertificateRequest> parts)
      throws Refused {
    var questions = new ArrayList<Question>();
    for (var part : parts) {
      questions.addAll(desk.questions(person, part.id()));
    }
    return questions;
  }

  /** To the part of the order about which somebody asked. */
  @PostMapping("/requests/{id}/answer")
  String answer(
      Actor.Person person,
      @PathVariable RequestId id,
      @RequestParam(defaultValue = "") String answer,
      RedirectAttributes next)
      throws Refused {
    var text = answer.strip().replace("\r\n", "\n");
    try {
      RequestId asked = id;
      for (var part : desk.viewOrder(person, id)) {
        if (desk.questions(person, part.id()).stream().anyMatch(one -> one.answer().isEmpty())) {
          asked = part.id();
        }
      }
      desk.answer(person, asked, text);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("request.done.answered"));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute("typed", text);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return "redirect:/requests/" + id;
  }

  @PostMapping("/requests/{id}/withdraw")
  String withdraw(Actor.Person person, @PathVariable RequestId id, RedirectAttributes next)
      throws Refused {
    try {
      desk.withdraw(person, id);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("request.done.withdrawn"));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return "redirect:/requests/" + id;
  }

  private void addCertificates(Actor.Person person, List<CertificateRequest> parts, Model model)
      throws Refused {
    var taken = new ArrayList<TakenCertificate>();
    for (CertificateRequest part : parts) {
      if (part instanceof CertificateRequest.Issued issued) {
        var certificate = inventory.view(person, issued.authority(), issued.serial());
        taken.add(
            TakenCertificate.of(
                CertificateRow.of(certificate, words, clock.instant()), issued.content()));
      }
    }
    model.addAttribute("certificates", taken);
    model.addAttribute("devices", Device.madeInBrowser());
    model.addAttribute("fileName", fileName(parts));
    if (!taken.isEmpty()
        && parts.stream().anyMatch(part -> part.content().appointment().isPresent())) {
      model.addAttribute(
          "officerCertificates", OfficerCertificate.of(desk.officerCertificates(person)));
    }
  }

  /** Without an ending, which each device's file has its own of. */
  private static String fileName(List<CertificateRequest> parts) {
    var content = parts.getFirst().content();
    return content.subject().login().orElse("kreissiegel")
        + "-"
        + parts.stream()
            .map(part -> part.content().profile().value())
            .collect(Collectors.joining("-"));
  }
}
