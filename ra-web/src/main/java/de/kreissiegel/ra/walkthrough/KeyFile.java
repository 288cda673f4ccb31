package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** A password-protected PKCS#12 file (RFC 7292), as a person takes it to a device. */
final class KeyFile {
  private static final String ALIAS = "vpn";

  private KeyFile() {}

  /**
   * Writes the key with its chain.
   *
   * @param chain the key's certificate first
   */
  static void write(Path file, char[] password, PrivateKey key, List<X509Certificate> chain)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
  }

  /**
   * Opens the file again and lets its key sign something that the certificate's key verifies.
   *
   * @return how many certificates are in it
   */
  static int open(Path file, char[] password, X509Certificate expected)
      throws Surprise, IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    Key key = store.getKey(ALIAS, password);
    Certificate[] chain = store.getCertificateChain(ALIAS);
    if (!(key instanceof PrivateKey privateKey) || chain == null) {
      throw new Surprise("a private key with its chain in " + file, "none");
    }
    Surprise.unless(chain[0].equals(expected), "our certificate in " + file, "another one");
    Surprise.unless(
        belongTogether(privateKey, expected),
        "a key in " + file + " that belongs to its certificate",
        "one that doesn't");
    return chain.length;
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    byte[] words = {1, 2, 3};
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(words);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(words);
    return signature.verify(signed);
  }
}
