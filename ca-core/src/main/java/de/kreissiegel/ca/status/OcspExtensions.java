package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/** The extensions of a whole response. */
final class OcspExtensions {
  private static final int RESPONSE_EXTENSIONS = 0xa1;

  /** {@code id-pkix-ocsp-extended-revoke} (RFC 6960 §4.4.8). */
  private static final ASN1ObjectIdentifier EXTENDED_REVOKE =
      OCSPObjectIdentifiers.id_pkix_ocsp.branch("9");

  private OcspExtensions() {}

  /**
   * {@code [1] EXPLICIT Extensions}, or no octets at all.
   *
   * @param nonce what the request had (RFC 9654)
   * @param extendedRevoke whether {@code revoked} may also mean "never issued"
   */
  static byte[] of(@Nullable Bytes nonce, boolean extendedRevoke) {
    List<Extension> all = new ArrayList<>();
    if (nonce != null) {
      all.add(
          new Extension(
              OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
              false,
              Der.of(new DEROctetString(nonce.toArray()))));
    }
    if (extendedRevoke) {
      all.add(new Extension(EXTENDED_REVOKE, false, Der.of(DERNull.INSTANCE)));
    }
    return all.isEmpty()
        ? new byte[0]
        : Der.wrap(RESPONSE_EXTENSIONS, Der.of(new Extensions(all.toArray(new Extension[0]))));
  }
}
