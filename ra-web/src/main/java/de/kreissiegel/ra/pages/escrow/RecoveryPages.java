package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.recovery.RecoveryWish;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.ApprovingKey;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.OfficerCertificate;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A recovery as officers see it: asking for one, reading, signing, refusing, making the file. */
@Controller
class RecoveryPages {
  private final RecoveryDesk desk;
  private final SecurityKeys securityKeys;
  private final Words words;

  RecoveryPages(RecoveryDesk desk, SecurityKeys securityKeys, Words words) {
    this.desk = desk;
    this.securityKeys = securityKeys;
    this.words = words;
  }

  /** Somebody whose keys can be asked for. */
  record Owner(String id, String tenant, String name, String house, int keys) {}

  @GetMapping("/escrow/recoveries/new")
  String form(Actor.Person person, @RequestParam(defaultValue = "") String who, Model model)
      throws Refused {
    if (AccessRules.scope(person, Action.RECOVER).isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "nobody's keys are this person's affair");
    }
    model.addAttribute("who", who);
    model.addAttribute("asked", !who.isBlank());
    model.addAttribute("owners", who.isBlank() ? List.of() : owners(desk.candidates(person, who)));
    return "recovery-new";
  }

  private List<Owner> owners(List<Escrowed> keys) {
    Map<String, Owner> owners = new LinkedHashMap<>();
    for (Escrowed key : keys) {
      owners.merge(
          key.owner() + " " + key.copy().tenant(),
          new Owner(
              key.owner().value(),
              key.copy().tenant().value(),
              DistinguishedNames.commonName(key.ownerName()),
              words.tenant(key.copy().tenant()),
              1),
          (one, _) -> new Owner(one.id(), one.tenant(), one.name(), one.house(), one.keys() + 1));
    }
    return List.copyOf(owners.values());
  }

  @PostMapping("/escrow/recoveries")
  String request(
      Actor.Person person,
      @RequestParam(defaultValue = "") String owner,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String collector,
      @RequestParam(defaultValue = "") String who,
      RedirectAttributes next) {
    try {
      String[] parts = owner.split(" ", 2);
      if (parts.length != 2) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "nobody was chosen");
      }
      Recovery recovery =
          desk.request(
              person,
              new RecoveryWish(
                  new SubjectId(parts[0]), EscrowPages.tenantId(parts[1]), reason, collector));
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done("recovery.done.requested", recovery.terms().needed()));
      return "redirect:/escrow/recoveries/" + recovery.id();
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      next.addFlashAttribute("reason", reason);
      next.addFlashAttribute("collector", collector);
      next.addAttribute("who", who);
      return "redirect:/escrow/recoveries/new";
    }
  }

  /** What an officer signs of one key. */
  record SignedPart(String title, String address, List<Statement.Line> lines) {}

  @GetMapping("/escrow/recoveries/{recovery}")
  String one(Actor.Person person, @PathVariable("recovery") UUID id, Model model) throws Refused {
    Recovery recovery = desk.view(person, new RecoveryId(id));
    fill(person, recovery, model);
    return "recovery";
  }

  private void fill(Actor.Person person, Recovery recovery, Model model) throws Refused {
    boolean officer = desk.isOfficerFor(person, recovery);
    boolean concerned = desk.isConcerned(person, recovery);
    Set<Said> ended = officer ? desk.endedSignatures(recovery) : Set.of();
    boolean signed =
        recovery.given().stream()
            .anyMatch(one -> one.by().equals(person.id()) && !ended.contains(one));
    boolean waits = recovery instanceof Recovery.Requested || !ended.isEmpty();
    model.addAttribute("row", RecoveryRow.of(recovery, words));
    model.addAttribute(
        "certificates",
        recovery.terms().items().stream()
            .map(item -> "/certificates/" + item.authority() + "/" + item.serial())
            .toList());
    model.addAttribute("concerned", officer && concerned && recovery.isOpen());
    model.addAttribute("refuses", officer && recovery.isOpen());
    model.addAttribute(
        "withdraws", recovery.isOpen() && recovery.terms().requested().by().equals(person.id()));
    model.addAttribute("ready", recovery instanceof Recovery.Ready);
    model.addAttribute(
        "releases",
        officer
            && !concerned
            && ended.isEmpty()
            && (recovery instanceof Recovery.Approved || recovery instanceof Recovery.Ready));
    model.addAttribute("endedSignatures", ended.stream().map(Said::name).sorted().toList());
    if (officer && !concerned && !signed && waits) {
      model.addAttribute("statements", statements(person, recovery));
      List<Bytes> certificates = desk.officerCertificates(person, recovery);
      model.addAttribute("officerCertificates", OfficerCertificate.of(certificates));
      model.addAttribute("securityKeys", ApprovingKey.of(securityKeys.of(person), certificates));
    }
  }

  private List<SignedPart> statements(Actor.Person person, Recovery recovery) throws Refused {
    List<SignedPart> parts = new ArrayList<>();
    for (Recovery.Item item : recovery.terms().items()) {
      parts.add(
          new SignedPart(
              item.authority() + "/" + item.serial(),
              "/escrow/recoveries/" + recovery.id() + "/statements/" + item.release(),
              desk.statement(person, recovery.id(), item.release()).lines(Words.language())));
    }
    return parts;
  }

  /**
   * For the browser's eyes.
   *
   * @param statement base64 of the DER
   * @param lines all that it says, as the page shows it; the last is the time
   */
  record Signable(String statement, List<Statement.Line> lines) {}

  @GetMapping(
      path = "/escrow/recoveries/{recovery}/statements/{release}",
      produces = "application/json")
  ResponseEntity<Signable> statement(
      Actor.Person officer,
      @PathVariable("recovery") UUID id,
      @PathVariable("release") UUID release)
      throws Refused {
    ReleaseStatement statement = desk.statement(officer, new RecoveryId(id), release);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            new Signable(
                Base64.getEncoder().encodeToString(statement.encoded().toArray()),
                statement.lines(Words.language())));
  }

  @PostMapping("/escrow/recoveries/{recovery}/approve")
  String approve(
      Actor.Person officer,
      @PathVariable("recovery") UUID id,
      @RequestParam(defaultValue = "") List<String> signature,
      RedirectAttributes next)
      throws Refused {
    return Steps.taken(
        next,
        words,
        "redirect:/escrow/recoveries/" + id,
        () -> {
          Recovery recovery = desk.approve(officer, new RecoveryId(id), octets(signature));
          return words.done(
              recovery instanceof Recovery.Approved
                  ? "recovery.done.approved"
                  : "recovery.done.signed",
              recovery.given().size(),
              recovery.terms().needed());
        });
  }

  private static List<Bytes> octets(List<String> signatures) throws Refused {
    try {
      return signatures.stream()
          .map(String::strip)
          .filter(signature -> !signature.isEmpty())
          .map(signature -> Bytes.of(Base64.getDecoder().decode(signature)))
          .toList();
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, "the signature is no base64");
    }
  }

  @PostMapping("/escrow/recoveries/{recovery}/refuse")
  String refuse(
      Actor.Person officer,
      @PathVariable("recovery") UUID id,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    return Steps.taken(
        next,
        words,
        "redirect:/escrow/recoveries/" + id,
        () -> {
          desk.refuse(officer, new RecoveryId(id), reason);
          return words.done("recovery.done.refused");
        });
  }

  /** Shows the password at once, and once: it is in this answer and nowhere else. */
  @PostMapping("/escrow/recoveries/{recovery}/release")
  String release(
      Actor.Person officer, @PathVariable("recovery") UUID id, Model model, RedirectAttributes next)
      throws Refused {
    try {
      RecoveryDesk.Released released = desk.release(officer, new RecoveryId(id));
      fill(officer, released.recovery(), model);
      model.addAttribute("password", released.password());
      return "recovery";
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      return "redirect:/escrow/recoveries/" + id;
    }
  }
}
