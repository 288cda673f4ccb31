package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revision.Finding;
import de.kreissiegel.ca.revision.Finding.StepKind;
import de.kreissiegel.ca.revision.NewFinding;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revision.SampleItem;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is to be reviewed; a review; an item of it. */
@Controller
class RevisionPages {
  private static final String LIST = "/revision";

  private final RevisionDesk desk;
  private final Words words;

  RevisionPages(RevisionDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/revision")
  String list(Actor.Person person, Model model) throws Refused {
    model.addAttribute("periods", PeriodCard.of(desk.tasks(person), words));
    model.addAttribute(
        "findings",
        desk.openFindings(person).stream().map(one -> FindingRow.of(one, words)).toList());
    return "revision";
  }

  @PostMapping("/revision")
  String open(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String first,
      RedirectAttributes next)
      throws Refused {
    try {
      Revision opened = desk.open(person, tenantOf(tenant), day(first));
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done("revision.opened", opened.progress().items()));
      return "redirect:/revision/" + opened.id();
    } catch (Refused refused) {
      return back(refused, LIST, next);
    }
  }

  @GetMapping("/revision/{revision}")
  String review(Actor.Person person, @PathVariable("revision") UUID id, Model model)
      throws Refused {
    RevisionDesk.Open open = desk.find(person, id);
    Revision revision = open.revision();
    head(model, revision);
    model.addAttribute(
        "items",
        open.items().stream().map(one -> ItemRow.of(revision, one, person, words)).toList());
    model.addAttribute(
        "drawn",
        revision.drawn().stream()
            .map(
                one ->
                    new DrawnRow(
                        words.of("revision.kind." + one.kind()), one.population(), one.number()))
            .toList());
    model.addAttribute(
        "findings", open.findings().stream().map(one -> FindingRow.of(one, words)).toList());
    revision
        .check()
        .ifPresent(
            check -> {
              model.addAttribute("check", check);
              model.addAttribute("checked", FindingRow.said(check.said(), words));
            });
    model.addAttribute(
        "missing",
        open.items().stream().filter(one -> !one.isJudged() && !one.isDeedOf(person)).count());
    model.addAttribute(
        "own",
        open.items().stream().filter(one -> !one.isJudged() && one.isDeedOf(person)).count());
    choices(model);
    return "revision-review";
  }

  /** A kind of the sample. */
  record DrawnRow(String kind, long population, int number) {}

  private void head(Model model, Revision revision) {
    model.addAttribute("id", revision.id());
    model.addAttribute("area", TaskRow.area(revision.tenant(), words));
    model.addAttribute("period", PeriodCard.title(revision.from(), revision.until(), words));
    model.addAttribute("opened", FindingRow.said(revision.opened(), words));
    model.addAttribute("seed", revision.seed().toHex());
    model.addAttribute("progress", revision.progress());
    model.addAttribute("signed", revision.isSigned());
    revision
        .signOff()
        .ifPresent(
            signOff -> {
              model.addAttribute("signedBy", FindingRow.said(signOff.said(), words));
              model.addAttribute("statement", FindingRow.text(signOff.statement(), words));
              model.addAttribute("leftOut", signOff.leftOut());
              model.addAttribute("digest", signOff.digest().toHex());
            });
  }

  private void choices(Model model) {
    model.addAttribute(
        "severities",
        Arrays.stream(Finding.Severity.values())
            .map(one -> new Choice(one.name(), words.of("revision.severity." + one)))
            .toList());
    model.addAttribute(
        "offices",
        Arrays.stream(Office.values())
            .filter(one -> one != Office.REVISOR)
            .map(one -> new Choice(one.name(), words.of("office." + one)))
            .toList());
  }

  @GetMapping("/revision/{revision}/items/{number}")
  String item(
      Actor.Person person, @PathVariable("revision") UUID id, @PathVariable int number, Model model)
      throws Refused {
    RevisionDesk.Item seen = desk.item(person, id, number);
    Revision revision = seen.revision();
    head(model, revision);
    SampleItem item = seen.item();
    model.addAttribute("item", ItemRow.of(revision, item, person, words));
    item.inOrder().ifPresent(said -> model.addAttribute("inOrder", FindingRow.said(said, words)));
    model.addAttribute("trail", seen.trail().stream().map(one -> EventRow.of(one, words)).toList());
    model.addAttribute(
        "findings", seen.findings().stream().map(one -> FindingRow.of(one, words)).toList());
    model.addAttribute("last", revision.progress().items());
    choices(model);
    return "revision-item";
  }

  @PostMapping("/revision/{revision}/items/{number}/in-order")
  String inOrder(
      Actor.Person person,
      @PathVariable("revision") UUID id,
      @PathVariable int number,
      RedirectAttributes next)
      throws Refused {
    String review = "/revision/" + id;
    String here = review + "/items/" + number;
    try {
      OptionalInt after = desk.inOrder(person, id, number);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("revision.done.in-order", number));
      return "redirect:" + review + (after.isPresent() ? "/items/" + after.getAsInt() : "");
    } catch (Refused refused) {
      return back(refused, here, next);
    }
  }

  @PostMapping("/revision/{revision}/findings")
  String record(
      Actor.Person person,
      @PathVariable("revision") UUID id,
      @RequestParam(defaultValue = "0") int item,
      @RequestParam(defaultValue = "") String severity,
      @RequestParam(defaultValue = "") String office,
      @RequestParam(name = "words", defaultValue = "") String text,
      RedirectAttributes next)
      throws Refused {
    String here = "/revision/" + id + (item > 0 ? "/items/" + item : "");
    try {
      desk.record(
          person,
          id,
          new NewFinding(
              item > 0 ? OptionalInt.of(item) : OptionalInt.empty(),
              one(Finding.Severity.values(), severity),
              one(Office.values(), office),
              lines(text)));
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("revision.done.finding"));
    } catch (Refused refused) {
      next.addFlashAttribute("written", text);
      return back(refused, here, next);
    }
    return "redirect:" + here;
  }

  @PostMapping("/revision/{revision}/findings/{finding}/{step}")
  String follow(
      Actor.Person person,
      @PathVariable("revision") UUID id,
      @PathVariable UUID finding,
      @PathVariable String step,
      @RequestParam(name = "words", defaultValue = "") String text,
      RedirectAttributes next)
      throws Refused {
    String here = "/revision/" + id;
    StepKind kind =
        switch (step) {
          case "note" -> StepKind.NOTED;
          case "close" -> StepKind.CLOSED;
          default -> throw new Refused(RefusalReason.NOT_FOUND, "no such step");
        };
    try {
      desk.follow(person, id, finding, kind, lines(text));
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("revision.done." + kind));
    } catch (Refused refused) {
      return back(refused, here, next);
    }
    return "redirect:" + here;
  }

  @PostMapping("/revision/{revision}/check")
  String check(Actor.Person person, @PathVariable("revision") UUID id, RedirectAttributes next)
      throws Refused {
    try {
      Revision.Check check = desk.check(person, id);
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          check.isSound()
              ? words.done("revision.done.sound", check.events())
              : new Notice(
                  Tone.DANGER,
                  words.of("revision.unsound.title"),
                  words.of("revision.unsound.text"),
                  check.faults().getFirst()));
    } catch (Refused refused) {
      return back(refused, "/revision/" + id, next);
    }
    return "redirect:/revision/" + id;
  }

  @PostMapping("/revision/{revision}/sign-off")
  String signOff(
      Actor.Person person,
      @PathVariable("revision") UUID id,
      @RequestParam(name = "words", defaultValue = "") String text,
      RedirectAttributes next)
      throws Refused {
    try {
      desk.signOff(person, id, lines(text));
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("revision.done.signed"));
    } catch (Refused refused) {
      next.addFlashAttribute("written", text);
      return back(refused, "/revision/" + id, next);
    }
    return "redirect:/revision/" + id;
  }

  private String back(Refused refused, String here, RedirectAttributes next) throws Refused {
    if (refused.reason() == RefusalReason.NOT_FOUND
        || refused.reason() == RefusalReason.NOT_AUTHORIZED) {
      throw refused;
    }
    next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    return "redirect:" + here;
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  private static <E extends Enum<E>> E one(E[] all, String name) throws Refused {
    return Arrays.stream(all)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.BAD_DATA_FORMAT, "none of the list"));
  }

  private static Optional<TenantId> tenantOf(String text) throws Refused {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new TenantId(text));
    } catch (IllegalArgumentException none) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }

  private static LocalDate day(String text) throws Refused {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException none) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such period");
    }
  }
}
