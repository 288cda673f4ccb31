package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/**
 * Which of all lists one is.
 *
 * @param authority who signs it
 * @param partition of which of its certificates it tells; 0 of those that have none
 * @param delta whether it only tells what changed since a full one
 */
public record CrlName(AuthorityName authority, int partition, boolean delta) {
  private static final Pattern FILE = Pattern.compile(".*/crl/([a-z0-9-]+)\\.crl");

  public CrlName {
    if (partition < 0) {
      throw new IllegalArgumentException("no partition " + partition);
    }
  }

  /** The full list of what has no partition. */
  public static CrlName of(AuthorityName authority) {
    return new CrlName(authority, 0, false);
  }

  /** The full list of a partition. */
  public static CrlName of(AuthorityName authority, int partition) {
    return new CrlName(authority, partition, false);
  }

  /** Its sister that only tells what changed. */
  public CrlName asDelta() {
    return new CrlName(authority, partition, true);
  }

  /** As in addresses and files: {@code people}, {@code people-p3}, {@code people-p3-delta}. */
  public String label() {
    return authority + (partition == 0 ? "" : "-p" + partition) + (delta ? "-delta" : "");
  }

  /**
   * The partition of a certificate, as its cRLDistributionPoints say it (RFC 5280 §4.2.1.13).
   *
   * @return 0 for none, or where that can't be read
   */
  public static int partitionOf(AuthorityName authority, Certificate certificate) {
    try {
      Extensions extensions = certificate.getTBSCertificate().getExtensions();
      CRLDistPoint points =
          CRLDistPoint.getInstance(
              Extensions.getExtensionParsedValue(extensions, Extension.cRLDistributionPoints));
      if (points != null) {
        for (DistributionPoint point : points.getDistributionPoints()) {
          Optional<Integer> found = partitionAt(authority, point.getDistributionPoint());
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
      return 0;
    } catch (RuntimeException _) {
      return 0;
    }
  }

  /**
   * The partition that an issuingDistributionPoint names (RFC 5280 §5.2.5).
   *
   * @param distributionPoint the extension's value, DER
   * @return empty if it names none of this authority's lists
   */
  public static Optional<Integer> partitionIn(AuthorityName authority, Bytes distributionPoint) {
    try {
      return partitionAt(
          authority,
          IssuingDistributionPoint.getInstance(distributionPoint.toArray()).getDistributionPoint());
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> partitionAt(
      AuthorityName authority, DistributionPointName point) {
    for (GeneralName name : GeneralNames.getInstance(point.getName()).getNames()) {
      if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
        Optional<Integer> found = partitionAt(authority, URI.create(name.getName().toString()));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> partitionAt(AuthorityName authority, URI address) {
    Matcher file = FILE.matcher(String.valueOf(address.getPath()));
    if (!file.matches()) {
      return Optional.empty();
    }
    String label = file.group(1);
    if (label.equals(authority.value())) {
      return Optional.of(0);
    }
    Matcher partition =
        Pattern.compile(Pattern.quote(authority.value()) + "-p([1-9][0-9]{0,2})").matcher(label);
    return partition.matches()
        ? Optional.of(Integer.parseInt(partition.group(1)))
        : Optional.empty();
  }
}
