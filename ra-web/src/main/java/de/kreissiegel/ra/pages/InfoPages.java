package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.CertificateFiles.File;
import de.kreissiegel.ra.encoding.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
    var certificate = certificate(name);
    return Download.of(new File(name + ".cer", "application/pkix-cert", certificate));
  }

  @GetMapping("/info/authorities/{name}.pem")
  ResponseEntity<byte[]> pem(@PathVariable String name) throws Refused {
    var text = Pem.certificate(certificate(name));
    var octets = Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    return Download.of(new File(name + ".pem", "application/x-pem-file", octets));
  }

  private Bytes certificate(String name) throws Refused {
    return anchors().stream()
        .filter(anchor -> anchor.name().value().equals(name))
        .findFirst()
        .map(Anchor::certificate)
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no authority of this name"));
  }

  /** Roots first; of external superiors each once, though several of ours may stand under one. */
  private List<Anchor> anchors() {
    var anchors = new ArrayList<Anchor>();
    authorities.all().forEach(authority -> anchors.add(Anchor.of(authority)));
    for (List<Superior> chain : authorities.superiors().values()) {
      for (Superior superior : chain) {
        if (anchors.stream().noneMatch(one -> one.certificate().equals(superior.certificate()))) {
          anchors.add(Anchor.of(superior, superior.equals(chain.getLast())));
        }
      }
    }
    anchors.sort(Comparator.comparing(Anchor::root).reversed());
    return anchors;
  }

  /**
   * An authority, or one above it, as the page shows it.
   *
   * @param certificate DER
   */
  record Anchor(
      AuthorityName name, boolean root, String subject, Bytes certificate, Instant notAfter) {
    static Anchor of(Authority authority) {
      return new Anchor(
          authority.name(),
          authority.isRoot(),
          DistinguishedNames.commonName(authority.subjectName()),
          authority.certificate(),
          authority.notAfter());
    }

    static Anchor of(Superior superior, boolean root) {
      return new Anchor(
          superior.name(),
          root,
          DistinguishedNames.commonName(superior.subjectName()),
          superior.certificate(),
          superior.notAfter());
    }

    /** SHA-256 of its certificate, octets with colons. */
    public String fingerprint() {
      return Fingerprint.forPeople(certificate);
    }
  }
}
