package de.kreissiegel.ra.path;

import de.kreissiegel.ra.house.Certificates;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A root, an authority and a holder in PEM files, with their CRLs, for programs that have no clock
 * of ours: valid from a day before now on.
 */
final class Hierarchy {
  static final Instant TIME = Instant.now();

  private final Path folder;
  private final KeyPair rootKeys = Certificates.newKey();
  private final KeyPair authorityKeys = Certificates.newKey();
  private final KeyPair holderKeys = Certificates.newKey();

  Hierarchy(Path folder) {
    this.folder = folder;
  }

  /** Makes all files. */
  void make(Recipe recipe) throws Exception {
    X509CertificateHolder root =
        certificate("Root", "Root", rootKeys, rootKeys, 1, recipe.rootLength(), 6 * 365, 6);
    pem("root.pem", "CERTIFICATE", root.getEncoded());
    X509CertificateHolder authority =
        certificate(
            "Root",
            "Authority",
            recipe.forgedAuthority() ? holderKeys : rootKeys,
            authorityKeys,
            2,
            recipe.authority() ? 0 : -1,
            recipe.authorityDays(),
            recipe.authorityUsage());
    pem("authority.pem", "CERTIFICATE", authority.getEncoded());
    X509CertificateHolder holder =
        certificate(
            "Authority", "Holder", authorityKeys, holderKeys, 3, -1, recipe.holderDays(), 0x80);
    pem("holder.pem", "CERTIFICATE", holder.getEncoded());
    pem("root.crl", "X509 CRL", list("Root", rootKeys, recipe.revoked() == 2 ? 2 : 0, 7));
    pem(
        "authority.crl",
        "X509 CRL",
        list("Authority", authorityKeys, recipe.revoked() == 3 ? 3 : 0, recipe.listDays()));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private static X509CertificateHolder certificate(
      String issuer,
      String subject,
      KeyPair signing,
      KeyPair keys,
      int serial,
      int length,
      int days,
      int usage)
      throws Exception {
    var utilities = new JcaX509ExtensionUtils();
    var builder =
        new X509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(serial),
            day(Math.min(-1, days - 10)),
            day(days),
            new X500Name("CN=" + subject),
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    builder.addExtension(
        Extension.basicConstraints,
        true,
        length < 0 ? new BasicConstraints(false) : new BasicConstraints(length));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        utilities.createSubjectKeyIdentifier(keys.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        utilities.createAuthorityKeyIdentifier(signing.getPublic()));
    return builder.build(signer(signing));
  }

  private static byte[] list(String issuer, KeyPair keys, int revoked, int days) throws Exception {
    var builder = new X509v2CRLBuilder(new X500Name("CN=" + issuer), day(Math.min(-1, days - 10)));
    builder.setNextUpdate(day(days));
    if (revoked != 0) {
      builder.addCRLEntry(BigInteger.valueOf(revoked), day(-1), CRLReason.keyCompromise);
    }
    builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
    AuthorityKeyIdentifier identifier =
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic());
    builder.addExtension(Extension.authorityKeyIdentifier, false, identifier);
    return builder.build(signer(keys)).getEncoded();
  }

  private static ContentSigner signer(KeyPair keys) throws Exception {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
  }

  private static Date day(int days) {
    return Date.from(TIME.plusSeconds(days * 86_400L));
  }

  private void pem(String name, String label, byte[] octets) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(
                label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets), label));
  }

  /**
   * How it is spoiled.
   *
   * @param revoked the serial number of who is revoked: 2 the authority, 3 the holder, else nobody
   */
  record Recipe(
      int rootLength,
      boolean authority,
      boolean forgedAuthority,
      int authorityDays,
      int authorityUsage,
      int holderDays,
      int revoked,
      int listDays) {
    static final int CERT_SIGN_CRL_SIGN = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    static Recipe good() {
      return new Recipe(1, true, false, 4 * 365, CERT_SIGN_CRL_SIGN, 365, 0, 7);
    }
  }
}
