package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.madekey.MadeKeyBook;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Words;
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

/** Gives out files of keys that the server made, to who knows their password. */
@Controller
class MadeKeyPages {
  private static final MediaType PKCS12 = MediaType.parseMediaType("application/x-pkcs12");

  private final MadeKeyDesk desk;
  private final Words words;

  MadeKeyPages(MadeKeyDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/keys/made/{authority}/{serial}")
  String file(
      Actor.Person person,
      @PathVariable("authority") String authority,
      @PathVariable("serial") String serial,
      Model model)
      throws Refused {
    String name = authority + "/" + serial;
    MadeKeyBook.Waiting waiting =
        desk.waiting(person).stream()
            .filter(one -> (one.authority() + "/" + one.serial()).equals(name))
            .findFirst()
            .orElseThrow(
                () -> new Refused(RefusalReason.NOT_FOUND, "no key waits here, or not any more"));
    model.addAttribute("kind", words.profile(waiting.profile()));
    model.addAttribute("address", "/keys/made/" + name);
    return "key-made";
  }

  @PostMapping("/keys/made/{authority}/{serial}")
  ResponseEntity<byte[]> fetch(
      Actor.Person person,
      @PathVariable("authority") String authority,
      @PathVariable("serial") String serial,
      @RequestParam(defaultValue = "") String password)
      throws Refused {
    Bytes file;
    try {
      file =
          desk.collect(
              person, new AuthorityName(authority), SerialNumber.fromHex(serial), password);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no key waits here, or not any more");
    }
    return ResponseEntity.ok()
        .contentType(PKCS12)
        .cacheControl(CacheControl.noStore())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("key.p12").build().toString())
        .body(file.toArray());
  }
}
