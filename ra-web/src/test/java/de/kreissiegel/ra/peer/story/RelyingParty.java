package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Somebody with openssl and the root certificate, who is shown a certificate. */
final class RelyingParty {
  private final PeerSession openssl;
  private final Path root;
  private final Path folder;

  RelyingParty(PeerSession openssl, Path root, Path folder) {
    this.openssl = openssl;
    this.root = root;
    this.folder = folder;
  }

  /** The web server's own certificate leads to the root and names the host. */
  void trusts(URI web) throws Exception {
    Output output =
        openssl.run(
            "s_client",
            "-connect",
            web.getAuthority(),
            "-CAfile",
            root.toString(),
            "-verify_hostname",
            web.getHost(),
            "-verify_return_error");
    openssl.sees(
        "TLS that verifies",
        () -> assertThat(output.text()).contains("Verify return code: 0 (ok)", "TLSv1.3"));
  }

  /**
   * Opens the file with its password; afterwards {@code leaf.pem} and {@code issuer.pem} lie here.
   */
  void opens(Path file, String password) throws Exception {
    Output wrong = pkcs12(file, password + "x", "-nokeys");
    openssl.sees("no way in without the password", () -> assertThat(wrong.exit()).isNotZero());
    Output key = pkcs12(file, password, "-nocerts", "-noenc");
    openssl.sees("the key", () -> assertThat(key.text()).contains("BEGIN PRIVATE KEY"));
    Output leaf = pkcs12(file, password, "-clcerts", "-nokeys", "-out", leaf());
    openssl.sees("the certificate", () -> assertThat(leaf.exit()).isZero());
    Output chain = pkcs12(file, password, "-cacerts", "-nokeys", "-out", issuer());
    openssl.sees("its chain", () -> assertThat(chain.exit()).isZero());
    Output belongs = openssl.run("x509", "-in", leaf(), "-noout", "-pubkey");
    Path keyFile = folder.resolve("key.pem");
    pkcs12(file, password, "-nocerts", "-noenc", "-out", keyFile.toString());
    Output publicHalf = openssl.run("pkey", "-in", keyFile.toString(), "-pubout");
    openssl.sees(
        "a key that belongs to it",
        () -> assertThat(belongs.text()).isEqualTo(publicHalf.text()).contains("PUBLIC KEY"));
  }

  private Output pkcs12(Path file, String password, String... more) throws Exception {
    var arguments = new java.util.ArrayList<>(java.util.List.of("pkcs12", "-in", file.toString()));
    arguments.addAll(java.util.List.of("-passin", "pass:" + password));
    arguments.addAll(java.util.List.of(more));
    return openssl.run(arguments.toArray(String[]::new));
  }

  /** All of its chain verifies, with the CRLs at the addresses inside the certificates. */
  void verifies() throws Exception {
    Output output = verify();
    openssl.sees("chain and CRLs", () -> assertThat(output.text()).contains("leaf.pem: OK"));
    Output answer = ocsp();
    openssl.sees("an OCSP answer", () -> assertThat(answer.text()).contains("Response verify OK"));
    openssl.sees("good by OCSP", () -> assertThat(answer.text()).contains("leaf.pem: good"));
  }

  /** OCSP says so within that time. */
  void hearsOfRevocationWithin(Duration limit) throws Exception {
    Output answer = await(limit, this::ocsp, "leaf.pem: revoked");
    openssl.sees(
        "revoked by OCSP within " + limit,
        () -> assertThat(answer.text()).contains("Response verify OK", "leaf.pem: revoked"));
  }

  /** The CRL at the address inside lists it within that time. */
  void findsItListedWithin(Duration limit) throws Exception {
    Output answer = await(limit, this::verify, "certificate revoked");
    openssl.sees(
        "revoked by CRL",
        () -> assertThat(answer.text()).contains("error 23", "certificate revoked"));
  }

  private interface Question {
    Output ask() throws Exception;
  }

  private static Output await(Duration limit, Question question, String answer) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    Output output = question.ask();
    while (!output.text().contains(answer) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
      output = question.ask();
    }
    return output;
  }

  /** The root names no list for itself; the certificates under it do, and it is the same. */
  private String rootList() throws Exception {
    Output inside = openssl.run("x509", "-in", issuer(), "-noout", "-ext", "crlDistributionPoints");
    String address = inside.text().replaceAll("(?s).*URI:(\\S+).*", "$1");
    Path der = folder.resolve("root.crl");
    try (var in = URI.create(address).toURL().openStream()) {
      Files.write(der, in.readAllBytes());
    }
    Path pem = folder.resolve("root-crl.pem");
    openssl.run("crl", "-inform", "DER", "-in", der.toString(), "-out", pem.toString());
    return pem.toString();
  }

  private Output verify() throws Exception {
    return openssl.run(
        "verify",
        "-crl_download",
        "-crl_check_all",
        "-CRLfile",
        rootList(),
        "-CAfile",
        root.toString(),
        "-untrusted",
        issuer(),
        leaf());
  }

  private Output ocsp() throws Exception {
    Output address = openssl.run("x509", "-in", leaf(), "-noout", "-ocsp_uri");
    return openssl.run(
        "ocsp",
        "-CAfile",
        root.toString(),
        "-issuer",
        issuer(),
        "-cert",
        leaf(),
        "-url",
        address.text().strip(),
        "-timeout",
        "10");
  }

  private String leaf() {
    return folder.resolve("leaf.pem").toString();
  }

  private String issuer() {
    return folder.resolve("issuer.pem").toString();
  }
}
