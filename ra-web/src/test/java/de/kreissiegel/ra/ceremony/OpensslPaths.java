package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certification paths of an installation, as openssl finds them.
 *
 * @param authorities the folder of its hierarchy
 * @param folder where PEM files may lie
 */
record OpensslPaths(PeerSession openssl, Path authorities, Path folder) {
  /** There is a path from the anchor over these links to the authority, and the lists are good. */
  void good(String anchor, List<String> links, String authority, String... lists) throws Exception {
    Output output = verify(anchor, links, authority, lists);
    assertThat(output.exit()).as(output.text()).isZero();
    assertThat(output.text()).contains(": OK");
  }

  /** There is none. */
  void none(String anchor, String authority) throws Exception {
    assertThat(verify(anchor, List.of(), authority).exit()).isNotZero();
  }

  private Output verify(String anchor, List<String> links, String leaf, String... lists)
      throws Exception {
    var arguments =
        new ArrayList<>(
            List.of("verify", "-x509_strict", "-no-CApath", "-no-CAstore", "-CAfile", pem(anchor)));
    for (String link : links) {
      arguments.addAll(List.of("-untrusted", pem(link)));
    }
    for (String list : lists) {
      arguments.addAll(List.of("-crl_check", "-CRLfile", crlPem(list + ".crl")));
    }
    arguments.add(pem(leaf));
    return openssl.run(arguments.toArray(String[]::new));
  }

  private String pem(String name) throws Exception {
    byte[] der = Files.readAllBytes(authorities.resolve(name + ".cer"));
    return Files.writeString(folder.resolve(name + ".pem"), Pem.certificate(Bytes.of(der)))
        .toString();
  }

  private String crlPem(String name) throws Exception {
    String text =
        "-----BEGIN X509 CRL-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Files.readAllBytes(authorities.resolve(name)))
            + "\n-----END X509 CRL-----\n";
    return Files.writeString(folder.resolve(name + ".pem"), text).toString();
  }
}
