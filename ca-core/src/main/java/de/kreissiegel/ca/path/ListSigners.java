package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.PolicySet;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Finds who signed a CRL and whether they may (RFC 5280 §6.3.3 (f), (g)): an authority of the path
 * itself, or another certificate of the list's issuer that leads to the same anchor, is valid, and
 * is not revoked.
 */
final class ListSigners {
  private static final PathOptions PLAIN = PathOptions.under(PolicySet.RFC5280);

  private final List<ReadCertificate> pool;
  private final PathFinder finder;
  private final Instant time;
  private final Set<ReadCertificate> underWay = new HashSet<>();
  private int tried;

  ListSigners(List<ReadCertificate> pool, PathFinder finder, Instant time) {
    this.pool = pool;
    this.finder = finder;
    this.time = time;
  }

  /**
   * The key that signed the list.
   *
   * @param way the path whose status is asked
   * @param position which certificate's status; those above it are proved already
   * @param selfVouched whether a signer counts whose own status is being asked: it may stand on the
   *     list that it signed itself, but others are to be heard before
   * @param good whether the certificates of a way from another signer are not revoked
   */
  Optional<PublicKey> signer(
      ReadList list,
      PathFinder.Candidate way,
      int position,
      boolean selfVouched,
      BiPredicate<PathFinder.Candidate, Integer> good) {
    for (int above = position + 1; above <= way.path().size(); above++) {
      ReadCertificate one = above == way.path().size() ? way.anchor() : way.path().get(above);
      if (one.subject().equals(list.issuer()) && signsLists(one)) {
        Optional<PublicKey> key = Library.workingKey(way, above);
        if (key.isPresent() && signed(list, key.get())) {
          return key;
        }
      }
    }
    for (ReadCertificate other : pool) {
      if (other.subject().equals(list.issuer()) && signsLists(other)) {
        Optional<PublicKey> key = Library.key(other);
        if (key.isPresent()
            && signed(list, key.get())
            && leads(other, way.anchor(), selfVouched, good)) {
          return key;
        }
      }
    }
    return Optional.empty();
  }

  private boolean leads(
      ReadCertificate signer,
      ReadCertificate anchor,
      boolean selfVouched,
      BiPredicate<PathFinder.Candidate, Integer> good) {
    if (underWay.contains(signer)) {
      return selfVouched;
    }
    if (tried++ >= PathLimits.LIST_SIGNERS) {
      return false;
    }
    underWay.add(signer);
    try {
      return finder.find(signer).candidates().stream()
          .filter(way -> way.anchor().equals(anchor))
          .filter(way -> Rfc5280Check.validate(way, PLAIN, time).fault().isEmpty())
          .anyMatch(way -> good.test(way, 0));
    } finally {
      underWay.remove(signer);
    }
  }

  static boolean signsLists(ReadCertificate one) {
    Extension extension = one.extension(Extension.keyUsage);
    return extension == null
        || KeyUsage.getInstance(extension.getParsedValue()).hasUsages(KeyUsage.cRLSign);
  }

  static boolean signed(ReadList list, PublicKey key) {
    try {
      list.list().verify(key, Library.PROVIDER);
      return true;
    } catch (GeneralSecurityException | RuntimeException isNot) {
      return false;
    }
  }
}
