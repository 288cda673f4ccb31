package de.kreissiegel.ca.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Makes a root's next CRL out of its last one. To be run with the root's key active. */
public final class RootListCeremony {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final Signer vault;
  private final SecureRandom random;

  public RootListCeremony(Signer vault, SecureRandom random) {
    this.vault = vault;
    this.random = random;
  }

  /**
   * The entries that the next list will have: those of the last one, and new ones.
   *
   * @param last the root's last CRL, DER
   * @param more authorities that are revoked now; one that was revoked before keeps its entry
   */
  public static List<RevokedAuthority> entries(Bytes last, List<RevokedAuthority> more) {
    var entries = new ArrayList<RevokedAuthority>();
    Enumeration<?> old =
        CertificateList.getInstance(last.toArray()).getRevokedCertificateEnumeration();
    while (old.hasMoreElements()) {
      entries.add(entry((TBSCertList.CRLEntry) old.nextElement()));
    }
    for (RevokedAuthority one : more) {
      if (entries.stream().noneMatch(entry -> entry.serial().equals(one.serial()))) {
        entries.add(one);
      }
    }
    return List.copyOf(entries);
  }

  /**
   * Signs the next list: its number is one more than the last one's (RFC 5280 §5.2.3).
   *
   * @param root the root's key in the vault
   * @param last its last CRL, DER
   * @param entries all of the new list's entries
   * @param now when it begins
   * @param validity until when it holds
   * @return CertificateList, DER
   * @throws SigningRefused if the root's key is locked, or its policy doesn't allow such a list
   */
  public Bytes next(
      KeyId root, Bytes last, List<RevokedAuthority> entries, Instant now, Period validity)
      throws SigningUnavailable, SigningRefused, IOException {
    return next(root, last, entries, now, now.atOffset(ZoneOffset.UTC).plus(validity).toInstant());
  }

  /** Whether a list is of this authority's name and key. */
  public static boolean isSignedBy(Bytes list, X509Certificate authority) {
    try {
      var read =
          (X509CRL)
              CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
                  .generateCRL(new ByteArrayInputStream(list.toArray()));
      if (read == null
          || !read.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
        return false;
      }
      read.verify(authority.getPublicKey(), BOUNCY_CASTLE);
      return true;
    } catch (GeneralSecurityException | RuntimeException isNone) {
      return false;
    }
  }

  /** The same, holding until that time. */
  public Bytes next(
      KeyId root, Bytes last, List<RevokedAuthority> entries, Instant now, Instant nextUpdate)
      throws SigningUnavailable, SigningRefused, IOException {
    VaultKey key =
        vault.keys().stream()
            .filter(one -> one.id().equals(root))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the vault has no key " + root));
    CertificateList old = CertificateList.getInstance(last.toArray());
    var number =
        ASN1Integer.getInstance(
            old.getTBSCertList().getExtensions().getExtensionParsedValue(Extension.cRLNumber));
    ASN1Object list =
        new AuthorityTbs(random)
            .crl(
                old.getIssuer(),
                key,
                identifier(old, key),
                number.getValue().add(BigInteger.ONE),
                now,
                nextUpdate,
                entries);
    Bytes signature =
        vault
            .sign(
                new SignRequest(
                    new UUID(random.nextLong(), random.nextLong()),
                    root,
                    SignedStructure.CERTIFICATE_LIST,
                    Bytes.of(list.getEncoded("DER"))))
            .signature();
    return AuthorityTbs.assemble(list, key, signature);
  }

  /** A superior may have given the key another one than we would. */
  private static AuthorityKeyIdentifier identifier(CertificateList old, VaultKey key) {
    var told = AuthorityKeyIdentifier.fromExtensions(old.getTBSCertList().getExtensions());
    return told == null ? AuthorityTbs.issuedBy(key) : told;
  }

  private static RevokedAuthority entry(TBSCertList.CRLEntry entry) {
    int reason = 0;
    if (entry.hasExtensions()) {
      Extension given = entry.getExtensions().getExtension(Extension.reasonCode);
      if (given != null) {
        reason = ASN1Enumerated.getInstance(given.getParsedValue()).intValueExact();
      }
    }
    return new RevokedAuthority(
        entry.getUserCertificate().getValue(),
        entry.getRevocationDate().getDate().toInstant(),
        reason);
  }
}
