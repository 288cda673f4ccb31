package de.kreissiegel.ra.walkthrough;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The certificate leads to the root, and its owner takes it away with the key. */
final class TrustAct {
  private static final int PASSWORD_OCTETS = 18;

  private final Stage stage;
  private final Workspace workspace;

  TrustAct(Stage stage, Workspace workspace) {
    this.stage = stage;
    this.workspace = workspace;
  }

  void play(IssuedCertificate issued, ClientKey key) throws Surprise {
    var narrator = stage.narrator();
    narrator.step("The JDK validates its path to the root, CRLs included", () -> validate(issued));
    narrator.step("Key and chain go into a PKCS#12 file", () -> takeAway(issued, key));
  }

  private Seen<Integer> validate(IssuedCertificate issued) throws Exception {
    var root = stage.anchors().root();
    var own = list(issued.certificate(), issued.issuer());
    var above = list(issued.issuer(), root);
    PathCheck.check(
        List.of(issued.certificate(), issued.issuer()),
        root,
        List.of(own.crl(), above.crl()),
        stage.clock().instant());
    var sentence =
        "two steps up to %s; CRL %s of the issuer and CRL %s of the root list nobody on the way"
            .formatted(root.getSubjectX500Principal(), own.number(), above.number());
    return new Seen<>(2, sentence);
  }

  private RevocationList list(X509Certificate certificate, X509Certificate issuer)
      throws Exception {
    var address = AddressesInside.of(certificate).crl();
    return RevocationList.fetch(stage.doors(), address, issuer, stage.clock());
  }

  private Seen<Path> takeAway(IssuedCertificate issued, ClientKey key) throws Exception {
    byte[] octets = new byte[PASSWORD_OCTETS];
    stage.random().nextBytes(octets);
    var password = Base64.getUrlEncoder().encodeToString(octets);
    var file = workspace.file("vpn.p12");
    var chain = List.of(issued.certificate(), issued.issuer(), stage.anchors().root());
    KeyFile.write(file, password.toCharArray(), key.pair().getPrivate(), chain);
    int inside = KeyFile.open(file, password.toCharArray(), issued.certificate());
    Optional<OpenSsl> openSsl = OpenSsl.find();
    if (openSsl.isPresent()) {
      openSsl.get().open(file, password);
    }
    byte[] content = Files.readAllBytes(file);
    Surprise.unless(
        !contains(content, key.pair().getPrivate().getEncoded()),
        "a key that only the password opens",
        "the bare key in the file");
    var sentence =
        "%d octets, %d certificates and the key, opened again by the JDK%s"
            .formatted(
                content.length,
                inside,
                openSsl
                    .map(program -> " and by " + program.version())
                    .orElse("; there is no openssl on this path to try, too"));
    return new Seen<>(file, sentence);
  }

  private static boolean contains(byte[] content, byte[] part) {
    for (int at = 0; at + part.length <= content.length; at++) {
      if (Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
