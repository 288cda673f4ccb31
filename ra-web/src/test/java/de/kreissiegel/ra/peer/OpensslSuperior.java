package de.kreissiegel.ra.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** A root of openssl's that certifies authorities of ours, as the Verwaltungs-PKI would. */
public final class OpensslSuperior {
  private final PeerSession openssl;
  private final Path folder;

  /**
   * Makes it.
   *
   * @param folder where {@code root.pem} and its key come to lie
   * @param domain the only one whose hosts its authorities may name
   */
  public OpensslSuperior(PeerSession openssl, Path folder, String domain) throws Exception {
    this.openssl = openssl;
    this.folder = folder;
    Files.writeString(
        folder.resolve("superior.cnf"),
        """
        [req]
        distinguished_name = dn
        prompt = no
        x509_extensions = root
        [dn]
        CN = PROBE Freistaat Root
        [root]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [ours]
        basicConstraints = critical,CA:TRUE,pathlen:0
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        nameConstraints = critical,permitted;DNS:%s
        crlDistributionPoints = URI:http://freistaat.example/root.crl
        """
            .formatted(domain));
    ok(
        openssl.run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-384",
            "-nodes",
            "-keyout",
            file("root.key"),
            "-out",
            root().toString(),
            "-days",
            "2000",
            "-config",
            file("superior.cnf")));
  }

  /** Its certificate, PEM. */
  public Path root() {
    return folder.resolve("root.pem");
  }

  /**
   * Answers a request; {@code NAME.pem} is the certificate alone.
   *
   * @return the chain: that, and its own
   */
  public Path certify(Path request, String name) throws Exception {
    Path certificate = folder.resolve(name + ".pem");
    ok(
        openssl.run(
            "x509",
            "-req",
            "-in",
            request.toString(),
            "-CA",
            root().toString(),
            "-CAkey",
            file("root.key"),
            "-sha384",
            "-days",
            "1800",
            "-extfile",
            file("superior.cnf"),
            "-extensions",
            "ours",
            "-out",
            certificate.toString()));
    return Files.writeString(
        folder.resolve(name + "-chain.pem"),
        Files.readString(certificate) + Files.readString(root()));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void ok(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
  }
}
