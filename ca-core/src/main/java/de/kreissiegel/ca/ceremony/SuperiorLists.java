package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.path.ListWord;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Takes the newest CRLs of external superiors in, so that what they revoke above us is seen. No key
 * is used, and nothing is believed that a superior's key has not signed.
 */
public final class SuperiorLists {
  /** The longest CRL that is taken in, in octets. */
  public static final int MOST_OCTETS = AuthorityFiles.LONGEST_SUPERIORS_LIST;

  /** So far a superior's clock may be ahead of ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private SuperiorLists() {}

  /** Why a file was not taken; the message is a sentence. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
      super(sentence);
    }
  }

  /**
   * Takes CRLs in, all or none.
   *
   * @param authorities the folder of the hierarchy
   * @param octets CRLs, PEM or DER
   * @param now the time
   * @return whose list is a newer one now; empty if all were known already
   * @throws Refused if one is no superior's, is older than what is there (by thisUpdate or CRL
   *     number), begins later, or does not speak of the certificate under its signer (a delta, one
   *     of other points or kinds of certificate, of some reasons only); nothing was changed
   */
  public static List<AuthorityName> take(Path authorities, byte[] octets, Instant now)
      throws Refused, IOException {
    List<Place> places = places(AuthorityFiles.read(authorities));
    var fresh = new LinkedHashMap<AuthorityName, Bytes>();
    for (Bytes list : read(octets)) {
      for (Place place : fitting(list, places, now)) {
        if (!place.superior().list().equals(Optional.of(list))) {
          fresh.put(place.superior().name(), list);
        }
      }
    }
    for (Map.Entry<AuthorityName, Bytes> one : fresh.entrySet()) {
      AuthorityFiles.writeSuperiorsList(authorities, one.getKey(), one.getValue());
    }
    return fresh.keySet().stream()
        .sorted((one, other) -> one.value().compareTo(other.value()))
        .toList();
  }

  /**
   * Where a list may belong.
   *
   * @param superior who signs it
   * @param below the certificate under it in this chain, of whose status the list is to tell
   */
  private record Place(Superior superior, Bytes below) {}

  private static List<Place> places(AuthorityCatalog catalog) {
    var places = new ArrayList<Place>();
    catalog
        .superiors()
        .forEach(
            (generation, chain) -> {
              Bytes below = catalog.get(generation).certificate();
              for (Superior superior : chain) {
                places.add(new Place(superior, below));
                below = superior.certificate();
              }
            });
    return places;
  }

  private static List<Bytes> read(byte[] octets) throws Refused {
    try {
      List<Bytes> lists = PathMaterial.read(octets).lists();
      if (lists.stream().anyMatch(list -> list.length() > MOST_OCTETS)) {
        throw new Refused("a CRL is longer than %d MiB".formatted(MOST_OCTETS >> 20));
      }
      if (!lists.isEmpty()) {
        return lists;
      }
    } catch (UnreadableMaterial unreadable) {
      // Said below.
    }
    throw new Refused("these are no CRLs in PEM or DER");
  }

  /** Where it belongs, and is no older than what is there. */
  private static List<Place> fitting(Bytes list, List<Place> places, Instant now) throws Refused {
    CertificateList read = CertificateList.getInstance(list.toArray());
    List<Place> signed = places.stream().filter(one -> isBy(one.superior(), list)).toList();
    if (signed.isEmpty()) {
      throw new Refused(
          "no superior of this installation has signed the CRL of " + read.getIssuer());
    }
    Instant begins = read.getThisUpdate().getDate().toInstant();
    if (begins.isAfter(now.plus(SKEW))) {
      throw new Refused("the CRL of %s begins at %s only".formatted(read.getIssuer(), begins));
    }
    var speaking = new ArrayList<Place>();
    String silence = "";
    for (Place place : signed) {
      if (word(list, place) instanceof ListWord.Silent silent) {
        silence = silent.cause();
      } else {
        speaking.add(place);
      }
    }
    if (speaking.isEmpty()) {
      throw new Refused(
          "the CRL of %s doesn't tell whether the certificate under it is revoked: %s"
              .formatted(read.getIssuer(), silence));
    }
    List<Place> news =
        speaking.stream().filter(one -> !isOlder(read, one.superior().list())).toList();
    if (news.isEmpty()) {
      throw new Refused("a newer CRL of %s is here already".formatted(read.getIssuer()));
    }
    return news;
  }

  private static ListWord word(Bytes list, Place place) {
    try {
      return ListWord.of(list, place.superior().certificate(), place.below());
    } catch (UnreadableMaterial unreadable) {
      return new ListWord.Silent("it is malformed");
    }
  }

  /** Numbers only grow (RFC 5280 §5.2.3); not every authority gives any. */
  private static boolean isOlder(CertificateList list, Optional<Bytes> there) {
    if (there.isEmpty()) {
      return false;
    }
    CertificateList known = CertificateList.getInstance(there.get().toArray());
    Optional<BigInteger> number = number(list);
    Optional<BigInteger> knownNumber = number(known);
    return known.getThisUpdate().getDate().after(list.getThisUpdate().getDate())
        || (number.isPresent()
            && knownNumber.isPresent()
            && number.get().compareTo(knownNumber.get()) < 0);
  }

  private static Optional<BigInteger> number(CertificateList list) {
    Extension extension =
        Extensions.getExtension(list.getTBSCertList().getExtensions(), Extension.cRLNumber);
    return Optional.ofNullable(extension)
        .map(one -> ASN1Integer.getInstance(one.getParsedValue()).getValue());
  }

  private static boolean isBy(Superior superior, Bytes list) {
    try {
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509", new BouncyCastleProvider())
                  .generateCertificate(new ByteArrayInputStream(superior.certificate().toArray()));
      return RootListCeremony.isSignedBy(list, certificate);
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }
}
