package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.recovery.FileId;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.recovery.RecoveryWish;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is kept of one's own keys, who asked for them, and files to be fetched. */
@Controller
class OwnKeysPages {
  private static final String LIST = "redirect:/keys";
  private static final MediaType PKCS12 = MediaType.parseMediaType("application/x-pkcs12");

  private final EscrowDesk escrow;
  private final RecoveryDesk recoveries;
  private final Words words;

  OwnKeysPages(EscrowDesk escrow, RecoveryDesk recoveries, Words words) {
    this.escrow = escrow;
    this.recoveries = recoveries;
    this.words = words;
  }

  /** A copy as its owner sees it. */
  record CopyRow(String kind, String certificate, String since, String until) {}

  /** All copies of one owner in one tenant. */
  record OwnerCard(String owner, String name, String house, List<CopyRow> copies) {}

  /** A recovery, and where its file is fetched if it waits for this person. */
  record OwnRow(RecoveryRow row, String file, boolean withdraws) {}

  @GetMapping("/keys")
  String all(Actor.Person person, Model model) {
    Map<String, OwnerCard> owners = new LinkedHashMap<>();
    for (Escrowed key : escrow.own(person)) {
      owners.merge(key.owner() + " " + key.copy().tenant(), card(key), OwnKeysPages::both);
    }
    model.addAttribute("owners", List.copyOf(owners.values()));
    model.addAttribute(
        "recoveries",
        recoveries.own(person).stream().map(recovery -> row(person, recovery)).toList());
    return "keys";
  }

  private OwnerCard card(Escrowed key) {
    return new OwnerCard(
        key.owner() + " " + key.copy().tenant(),
        DistinguishedNames.commonName(key.ownerName()),
        words.tenant(key.copy().tenant()),
        List.of(
            new CopyRow(
                words.profile(key.copy().profile()),
                "/certificates/" + key.authority() + "/" + key.serial(),
                words.date(key.copy().depositedAt()),
                words.date(
                    key.notAfter()
                        .atZone(Words.zone())
                        .plusYears(key.copy().keepYears())
                        .toInstant()))));
  }

  private static OwnerCard both(OwnerCard one, OwnerCard other) {
    var copies = new ArrayList<>(one.copies());
    copies.addAll(other.copies());
    return new OwnerCard(one.owner(), one.name(), one.house(), List.copyOf(copies));
  }

  private OwnRow row(Actor.Person person, Recovery recovery) {
    boolean collects = recovery.terms().collector().equals(person.id());
    return new OwnRow(
        RecoveryRow.of(recovery, words),
        collects && recovery instanceof Recovery.Ready ready
            ? "/keys/files/" + ready.offer().id()
            : "",
        recovery.isOpen() && recovery.terms().requested().by().equals(person.id()));
  }

  @PostMapping("/keys/recoveries")
  String request(
      Actor.Person person,
      @RequestParam(defaultValue = "") String owner,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    String[] parts = owner.split(" ", 2);
    if (parts.length != 2) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such keys");
    }
    return Steps.taken(
        next,
        words,
        LIST,
        () ->
            words.done(
                "recovery.done.requested",
                recoveries
                    .request(
                        person,
                        new RecoveryWish(
                            new SubjectId(parts[0]), EscrowPages.tenantId(parts[1]), reason, ""))
                    .terms()
                    .needed()));
  }

  @PostMapping("/keys/recoveries/{recovery}/withdraw")
  String withdraw(Actor.Person person, @PathVariable("recovery") UUID id, RedirectAttributes next)
      throws Refused {
    return Steps.taken(
        next,
        words,
        LIST,
        () -> {
          recoveries.withdraw(person, new RecoveryId(id));
          return words.done("recovery.done.withdrawn");
        });
  }

  /** Only shows that there is one: whatever opens links for people fetches nothing. */
  @GetMapping("/keys/files/{file}")
  String file(Actor.Person person, @PathVariable("file") String file, Model model) throws Refused {
    Recovery.Ready ready = recoveries.offered(person, id(file));
    model.addAttribute("row", RecoveryRow.of(ready, words));
    model.addAttribute("file", file);
    model.addAttribute("released", ready.released().name());
    model.addAttribute("until", words.time(ready.offer().until()));
    return "key-file";
  }

  @PostMapping("/keys/files/{file}")
  ResponseEntity<byte[]> fetch(Actor.Person person, @PathVariable("file") String file)
      throws Refused {
    Bytes content = recoveries.collect(person, id(file));
    return ResponseEntity.ok()
        .contentType(PKCS12)
        .cacheControl(CacheControl.noStore())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("keys.p12").build().toString())
        .body(content.toArray());
  }

  private static FileId id(String text) throws Refused {
    try {
      return FileId.of(text);
    } catch (IllegalArgumentException none) {
      throw new Refused(RefusalReason.NOT_FOUND, "no file waits here, or not any more");
    }
  }
}
