package de.kreissiegel.ca.superior;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * The outermost shape of a CRL (RFC 5280 §5.1): what is signed, how, and the signature. A stranger
 * can put millions of elements into a few MiB; so the signature is verified over the octets as they
 * came, and nobody takes them apart before.
 */
final class ListFrame {
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final String BEGIN = "-----BEGIN X509 CRL-----";
  private static final String END = "-----END X509 CRL-----";
  private static final int SEQUENCE = 0x30;
  private static final int BIT_STRING = 0x03;

  /** Octets of an AlgorithmIdentifier and of a signature; SLH-DSA-256f has 49,856. */
  private static final int LONGEST = 1 << 17;

  private final byte[] list;
  private final Element signed;
  private final Element algorithm;
  private final Element signature;

  /**
   * An element's place in the octets.
   *
   * @param start of its tag
   * @param content behind its length
   * @param end behind it
   */
  private record Element(int start, int content, int end) {
    byte[] in(byte[] octets) {
      return Arrays.copyOfRange(octets, start, end);
    }
  }

  private ListFrame(byte[] list) throws FetchFailed {
    this.list = list;
    Element outer = element(0, list.length, SEQUENCE);
    this.signed = element(outer.content(), outer.end(), SEQUENCE);
    this.algorithm = element(signed.end(), outer.end(), SEQUENCE);
    this.signature = element(algorithm.end(), outer.end(), BIT_STRING);
    if (outer.end() != list.length
        || signature.end() != outer.end()
        || signature.end() - algorithm.start() > LONGEST) {
      throw noList();
    }
  }

  /**
   * Finds a CRL in what an address answered.
   *
   * @param octets DER, or PEM with one (RFC 7468 §6)
   * @throws FetchFailed if it holds none
   */
  static ListFrame read(byte[] octets) throws FetchFailed {
    if (octets.length > 0 && octets[0] == SEQUENCE) {
      return new ListFrame(octets);
    }
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    int end = begin < 0 ? -1 : text.indexOf(END, begin);
    if (end < 0) {
      throw noList();
    }
    try {
      return new ListFrame(
          Base64.getDecoder()
              .decode(text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "")));
    } catch (IllegalArgumentException noBase64) {
      throw noList();
    }
  }

  /** The CRL, DER. */
  Bytes list() {
    return Bytes.of(list);
  }

  /**
   * Whether the key of this certificate has signed it.
   *
   * @param certificate DER
   */
  boolean isSignedBy(Bytes certificate) {
    try {
      ContentVerifier verifier =
          new JcaContentVerifierProviderBuilder()
              .setProvider(PROVIDER)
              .build(new X509CertificateHolder(certificate.toArray()))
              .get(AlgorithmIdentifier.getInstance(algorithm.in(list)));
      try (OutputStream to = verifier.getOutputStream()) {
        to.write(list, signed.start(), signed.end() - signed.start());
      }
      // A BIT STRING's first octet counts unused bits.
      return verifier.verify(Arrays.copyOfRange(list, signature.content() + 1, signature.end()));
    } catch (OperatorCreationException | CertificateException | IOException | RuntimeException no) {
      return false;
    }
  }

  private Element element(int start, int limit, int tag) throws FetchFailed {
    if (limit - start < 2 || (list[start] & 0xff) != tag) {
      throw noList();
    }
    int first = list[start + 1] & 0xff;
    int content = start + 2;
    long length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > Integer.BYTES || limit - content < count) {
        throw noList();
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | list[content++] & 0xff;
      }
    }
    if (length < 1 || length > limit - content) {
      throw noList();
    }
    return new Element(start, content, content + (int) length);
  }

  private static FetchFailed noList() {
    return new FetchFailed("answers with what is no CRL in DER or PEM");
  }
}
