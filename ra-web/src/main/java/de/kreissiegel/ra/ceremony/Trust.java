package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;

/** What others take to verify us: anchors for relying parties, keys for auditors. */
final class Trust {
  private Trust() {}

  static void write(Path folder, Vault vault, Bytes audit, AuthorityCatalog authorities)
      throws IOException {
    Place.folder(folder);
    anchors(folder, authorities);
    write(folder, "journal.pem", Pem.publicKey(vault.journalPublicKey()));
    write(folder, "ceremony.pem", Pem.publicKey(vault.ceremonyPublicKey()));
    write(folder, "audit.pem", Pem.publicKey(audit));
  }

  /** The roots' certificates, and all that lead to them, link certificates included. */
  static void anchors(Path folder, AuthorityCatalog authorities) throws IOException {
    var root = new StringBuilder();
    var chain = new StringBuilder();
    for (Authority authority : authorities.all()) {
      if (authorities.takenOver(authority.name()).isPresent()) {
        continue; // whoever believes it has it from elsewhere
      }
      (authority.isRoot() ? root : chain).append(Pem.certificate(authority.certificate()));
      authorities.links(authority.name()).forEach(link -> chain.append(Pem.certificate(link)));
    }
    for (Bytes superior : superiors(authorities)) {
      (isAnchor(superior) ? root : chain).append(Pem.certificate(superior));
    }
    if (!root.isEmpty()) { // before an external superior's answer there is none
      write(folder, "root.pem", root.toString());
      write(folder, "chain.pem", chain.append(root).toString());
    }
  }

  /** Those of external superiors, each once. */
  private static Set<Bytes> superiors(AuthorityCatalog authorities) {
    var all = new LinkedHashSet<Bytes>();
    for (Authority authority : authorities.all()) {
      authorities.superiors(authority.name()).forEach(one -> all.add(one.certificate()));
    }
    return all;
  }

  private static boolean isAnchor(Bytes certificate) throws IOException {
    X509Certificate read = Papers.parse(certificate);
    return read.getIssuerX500Principal().equals(read.getSubjectX500Principal());
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Place.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }
}
