package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Certificates and CRLs as they came in files.
 *
 * @param certificates DER, in the order in which they came
 * @param lists CRLs, DER
 */
public record PathMaterial(List<Bytes> certificates, List<Bytes> lists) {
  /** Nothing. */
  public static final PathMaterial EMPTY = new PathMaterial(List.of(), List.of());

  /** The most octets that {@link #read} takes. */
  public static final int MOST_OCTETS = PathLimits.FILE;

  public PathMaterial {
    certificates = List.copyOf(certificates);
    lists = List.copyOf(lists);
  }

  /**
   * Reads a file: certificates and CRLs in PEM (RFC 7468), one of them in DER, or a PKCS#7 / CMS
   * SignedData with such (RFC 5652 §5.1), in PEM or DER. Other PEM blocks, as of keys, are passed
   * over.
   *
   * @throws UnreadableMaterial if there is none, something is malformed, or it is too much
   */
  public static PathMaterial read(byte[] octets) throws UnreadableMaterial {
    return MaterialReader.read(octets);
  }

  /** Both, each certificate and list once. */
  public PathMaterial plus(PathMaterial more) {
    var all = new LinkedHashSet<>(certificates);
    all.addAll(more.certificates);
    var allLists = new LinkedHashSet<>(lists);
    allLists.addAll(more.lists);
    return new PathMaterial(List.copyOf(all), List.copyOf(allLists));
  }

  /**
   * The end of the chain: the one certificate whose subject issued none of the others; the first
   * one if that is not clear. Empty if there are none.
   *
   * @throws UnreadableMaterial if one can't be read
   */
  public Optional<Bytes> end() throws UnreadableMaterial {
    var read = new ArrayList<X509Certificate>();
    for (Bytes one : certificates) {
      read.add(Library.certificate(one).certificate());
    }
    var ends = new ArrayList<Bytes>();
    for (int i = 0; i < read.size(); i++) {
      if (issuedNone(read.get(i), read)) {
        ends.add(certificates.get(i));
      }
    }
    return ends.size() == 1 ? Optional.of(ends.getFirst()) : certificates.stream().findFirst();
  }

  private static boolean issuedNone(X509Certificate one, List<X509Certificate> all) {
    return all.stream()
        .filter(other -> other != one)
        .noneMatch(other -> other.getIssuerX500Principal().equals(one.getSubjectX500Principal()));
  }
}
