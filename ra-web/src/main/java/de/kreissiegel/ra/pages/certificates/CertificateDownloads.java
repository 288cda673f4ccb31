package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.encoding.CertificateFiles;
import de.kreissiegel.ra.encoding.CertificateFiles.Format;
import de.kreissiegel.ra.pages.Download;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A certificate as a file, for those who may see it. */
@Controller
class CertificateDownloads {
  private final Certificates certificates;
  private final CertificateFiles files;

  CertificateDownloads(Certificates certificates, CertificateFiles files) {
    this.certificates = certificates;
    this.files = files;
  }

  @GetMapping("/certificates/{authority}/{serial}/certificate.cer")
  ResponseEntity<byte[]> der(
      Actor.Person person, @PathVariable String authority, @PathVariable String serial)
      throws Refused {
    return file(person, authority, serial, Format.DER);
  }

  @GetMapping("/certificates/{authority}/{serial}/certificate.pem")
  ResponseEntity<byte[]> pem(
      Actor.Person person, @PathVariable String authority, @PathVariable String serial)
      throws Refused {
    return file(person, authority, serial, Format.PEM);
  }

  /** The certificate first, the root last. */
  @GetMapping("/certificates/{authority}/{serial}/chain.pem")
  ResponseEntity<byte[]> chain(
      Actor.Person person, @PathVariable String authority, @PathVariable String serial)
      throws Refused {
    return file(person, authority, serial, Format.CHAIN);
  }

  private ResponseEntity<byte[]> file(
      Actor.Person person, String authority, String serial, Format format) throws Refused {
    return Download.of(files.file(certificates.view(person, authority, serial), format));
  }
}
