package de.kreissiegel.ra.pages.equipment;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.equipment.Equipment;
import de.kreissiegel.ca.equipment.EquipmentBook.Which;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.equipment.Handout;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.CsvFile;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of what was handed out, handing out, taking back. */
@Controller
class EquipmentPages {
  private static final int SIZE = 50;
  private static final int AT_ONCE = 1000;
  private static final int MOST_IN_FILE = 100_000;
  private static final String LIST = "redirect:/equipment";

  private final EquipmentDesk desk;
  private final Words words;

  EquipmentPages(EquipmentDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/equipment")
  String list(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "out") String show,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    int number = Paging.number(page);
    Which which =
        switch (show) {
          case "due" -> Which.DUE;
          case "all" -> Which.ALL;
          default -> Which.OUT;
        };
    List<EquipmentRow> some = rows(person, tenant, which, Paging.offset(number, SIZE), SIZE + 1);
    model.addAttribute("rows", Paging.shown(some, SIZE));
    model.addAttribute("paging", Paging.of(number, SIZE, some));
    model.addAttribute("due", desk.due(person, chosen(tenant)));
    model.addAttribute("tenant", tenant);
    model.addAttribute("show", show);
    model.addAttribute("tenants", tenants(person, Action.VIEW_CERTIFICATES));
    model.addAttribute("manages", !AccessRules.scope(person, Action.MANAGE_EQUIPMENT).isEmpty());
    return "equipment";
  }

  private List<EquipmentRow> rows(
      Actor.Person person, String tenant, Which which, int offset, int limit) throws Refused {
    return desk.some(person, chosen(tenant), which, offset, limit).stream()
        .map(one -> EquipmentRow.of(one, person, words))
        .toList();
  }

  private List<EquipmentRow> all(Actor.Person person, String tenant) throws Refused {
    var all = new ArrayList<EquipmentRow>();
    List<EquipmentRow> some;
    do {
      some = rows(person, tenant, Which.ALL, all.size(), AT_ONCE);
      all.addAll(some);
    } while (some.size() == AT_ONCE && all.size() < MOST_IN_FILE);
    return all;
  }

  private static Optional<TenantId> chosen(String tenant) throws Refused {
    return tenant.isEmpty() ? Optional.empty() : Optional.of(tenantId(tenant));
  }

  private List<Choice> tenants(Actor.Person person, Action action) {
    return Choice.ofTenants(AccessRules.scope(person, action), words);
  }

  @GetMapping("/equipment/list.csv")
  ResponseEntity<byte[]> file(Actor.Person person, @RequestParam(defaultValue = "") String tenant)
      throws Refused {
    return CsvFile.of(
        "equipment.csv",
        Stream.of(
                "kind",
                "serial",
                "tenant",
                "holder",
                "issued-at",
                "issued-by",
                "note",
                "state",
                "moved-at",
                "moved-by",
                "moved-note",
                "certificates")
            .map(column -> words.of("equipment.column." + column))
            .toList(),
        all(person, tenant).stream()
            .map(
                one ->
                    List.of(
                        one.kind(),
                        one.serial(),
                        one.tenant(),
                        one.holder(),
                        one.issuedAt().toString(),
                        one.issuedBy(),
                        one.note(),
                        words.of(one.mark().key()),
                        one.movedBy().isEmpty() ? "" : one.movedAt().toString(),
                        one.movedBy(),
                        one.movedNote(),
                        String.join(" ", one.certificates())))
            .toList());
  }

  /** First to whom, then what: without JavaScript, too. */
  @GetMapping("/equipment/new")
  String form(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String holder,
      Model model)
      throws Refused {
    List<Choice> tenants = tenants(person, Action.MANAGE_EQUIPMENT);
    if (tenants.isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "nothing is handed out by this person");
    }
    String at = tenant.isEmpty() ? tenants.getFirst().value() : tenant;
    model.addAttribute("tenants", tenants);
    model.addAttribute("tenant", at);
    model.addAttribute("who", who);
    model.addAttribute("holder", holder);
    model.addAttribute(
        "kinds",
        Arrays.stream(Equipment.Kind.values())
            .map(one -> new Choice(one.name(), words.of("equipment.kind." + one)))
            .toList());
    if (!who.isBlank()) {
      model.addAttribute(
          "found",
          desk.candidates(person, tenantId(at), who).stream()
              .map(one -> new Choice(one.id().value(), one.commonName()))
              .sorted()
              .toList());
    }
    if (!holder.isEmpty()) {
      model.addAttribute(
          "certificates",
          desk.certificatesOf(person, tenantId(at), subject(holder)).stream()
              .map(
                  one ->
                      new Choice(
                          one.authority() + "/" + one.serial(),
                          words.of(
                              "equipment.certificate",
                              words.profile(one.profile()),
                              words.date(one.notAfter()))))
              .toList());
    }
    return "equipment-new";
  }

  @PostMapping("/equipment")
  String handOut(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String holder,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String serial,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(required = false, defaultValue = "") List<String> certificate,
      @RequestParam(defaultValue = "") String who,
      RedirectAttributes next)
      throws Refused {
    try {
      Equipment out =
          desk.handOut(
              person,
              new Handout(
                  tenantId(tenant),
                  subject(holder),
                  kind(kind),
                  serial,
                  note.replace("\r\n", "\n"),
                  links(certificate)));
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("equipment.done.OUT", out.holderName()));
      return LIST;
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      next.addFlashAttribute("serial", serial);
      next.addFlashAttribute("note", note);
      next.addAttribute("tenant", tenant);
      next.addAttribute("who", who);
      next.addAttribute("holder", holder);
      return "redirect:/equipment/new";
    }
  }

  @PostMapping("/equipment/{equipment}/{step}")
  String move(
      Actor.Person person,
      @PathVariable("equipment") UUID id,
      @PathVariable String step,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(defaultValue = "false") boolean hold,
      RedirectAttributes next)
      throws Refused {
    try {
      Equipment moved = desk.move(person, id, state(step), note.replace("\r\n", "\n"));
      int held =
          hold && moved.state() == Equipment.State.LOST ? desk.holdCertificates(person, moved) : 0;
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          held > 0
              ? words.done("equipment.done.held", moved.serial(), held)
              : words.done("equipment.done." + moved.state(), moved.serial()));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return LIST;
  }

  private static Set<Equipment.Link> links(List<String> names) throws Refused {
    try {
      return names.stream()
          .filter(one -> !one.isEmpty())
          .map(one -> one.split("/", 2))
          .map(
              parts ->
                  new Equipment.Link(new AuthorityName(parts[0]), SerialNumber.fromHex(parts[1])))
          .collect(Collectors.toSet());
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such certificate");
    }
  }

  private static Equipment.State state(String text) throws Refused {
    try {
      return Equipment.State.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such step");
    }
  }

  private static Equipment.Kind kind(String text) throws Refused {
    try {
      return Equipment.Kind.valueOf(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "no such kind");
    }
  }

  private static SubjectId subject(String text) throws Refused {
    try {
      return new SubjectId(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "nobody was chosen");
    }
  }

  private static TenantId tenantId(String text) throws Refused {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }
}
