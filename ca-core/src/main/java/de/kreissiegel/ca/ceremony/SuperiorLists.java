package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Takes the newest CRLs of external superiors in, so that what they revoke above us is seen. No key
 * is used, and nothing is believed that a superior's key has not signed.
 */
public final class SuperiorLists {
  private SuperiorLists() {}

  /** Why a file was not taken; the message is a sentence. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
      super(sentence);
    }
  }

  /**
   * Takes CRLs in.
   *
   * @param authorities the folder of the hierarchy
   * @param octets CRLs, PEM or DER
   * @return whose list is a newer one now; empty if all were known already
   * @throws Refused if one is no superior's, or is older than what is there; nothing was changed
   */
  public static List<AuthorityName> take(Path authorities, byte[] octets)
      throws Refused, IOException {
    List<Superior> superiors =
        AuthorityFiles.read(authorities).superiors().values().stream()
            .flatMap(List::stream)
            .toList();
    List<Bytes> lists = read(octets);
    for (Bytes list : lists) {
      requireNews(list, superiors);
    }
    var taken = new TreeSet<AuthorityName>((a, b) -> a.value().compareTo(b.value()));
    for (Bytes list : lists) {
      for (Superior superior : superiors) {
        if (isBy(superior, list) && !superior.list().equals(Optional.of(list))) {
          AuthorityFiles.writeSuperiorsList(authorities, superior.name(), list);
          taken.add(superior.name());
        }
      }
    }
    return List.copyOf(taken);
  }

  private static List<Bytes> read(byte[] octets) throws Refused {
    try {
      List<Bytes> lists = PathMaterial.read(octets).lists();
      if (!lists.isEmpty()) {
        return lists;
      }
    } catch (UnreadableMaterial unreadable) {
      // Said below.
    }
    throw new Refused("these are no CRLs in PEM or DER");
  }

  private static void requireNews(Bytes list, List<Superior> superiors) throws Refused {
    List<Superior> signers = superiors.stream().filter(one -> isBy(one, list)).toList();
    CertificateList read = CertificateList.getInstance(list.toArray());
    if (signers.isEmpty()) {
      throw new Refused(
          "no superior of this installation has signed the CRL of " + read.getIssuer());
    }
    boolean old =
        signers.stream()
            .flatMap(one -> one.list().stream())
            .map(known -> CertificateList.getInstance(known.toArray()))
            .anyMatch(
                known -> known.getThisUpdate().getDate().after(read.getThisUpdate().getDate()));
    if (old) {
      throw new Refused("a newer CRL of %s is here already".formatted(read.getIssuer()));
    }
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
