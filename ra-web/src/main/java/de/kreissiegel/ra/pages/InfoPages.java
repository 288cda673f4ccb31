package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.CertificateFiles.File;
import de.kreissiegel.ra.encoding.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Help, the anchors of trust, and the statement on accessibility. Open to everybody. */
@Controller
class InfoPages {
  private final AuthorityCatalog authorities;
  private final AccessibilityContact contact;

  InfoPages(AuthorityCatalog authorities, AccessibilityContact contact) {
    this.authorities = authorities;
    this.contact = contact;
  }

  @GetMapping("/info")
  String info(Model model) {
    model.addAttribute("anchors", anchors());
    return "info";
  }

  @GetMapping("/info/accessibility")
  String accessibility(Model model) {
    model.addAttribute("contact", contact);
    return "accessibility";
  }

  @GetMapping("/info/authorities/{name}.cer")
  ResponseEntity<byte[]> der(@PathVariable String name) throws Refused {
    var certificate = authority(name).certificate();
    return Download.of(new File(name + ".cer", "application/pkix-cert", certificate));
  }

  @GetMapping("/info/authorities/{name}.pem")
  ResponseEntity<byte[]> pem(@PathVariable String name) throws Refused {
    var text = Pem.certificate(authority(name).certificate());
    var octets = Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    return Download.of(new File(name + ".pem", "application/x-pem-file", octets));
  }

  private Authority authority(String name) throws Refused {
    return authorities.all().stream()
        .filter(authority -> authority.name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no authority of this name"));
  }

  private List<Anchor> anchors() {
    return authorities.all().stream()
        .sorted(Comparator.comparing(Authority::isRoot).reversed())
        .map(Anchor::of)
        .toList();
  }

  /**
   * An authority as the page shows it.
   *
   * @param fingerprint SHA-256 of its certificate, octets with colons
   */
  record Anchor(
      AuthorityName name, boolean root, String subject, String fingerprint, Instant notAfter) {
    static Anchor of(Authority authority) {
      return new Anchor(
          authority.name(),
          authority.isRoot(),
          DistinguishedNames.commonName(authority.subjectName()),
          Fingerprint.forPeople(authority.certificate()),
          authority.notAfter());
    }
  }
}
