package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.CertificateRules;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.Strictness;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificateList;

/** Asks the CRLs about each certificate of a path (RFC 5280 §6.3). */
final class StatusCheck {
  private static final Pattern REVOKED =
      Pattern.compile("Certificate revocation after (.{1,40}), reason: (\\w+)");

  private final List<ReadCertificate> pool;
  private final List<X509CRL> lists;
  private final PathFinder finder;
  private final PolicySet policySet;
  private final Instant time;

  StatusCheck(
      List<ReadCertificate> pool,
      List<X509CRL> lists,
      PathFinder finder,
      PolicySet policySet,
      Instant time) {
    this.pool = pool;
    this.lists = lists;
    this.finder = finder;
    this.policySet = policySet;
    this.time = time;
  }

  /** The first thing that is wrong with the status of a path whose rest is valid. */
  Optional<PathFault> fault(PathFinder.Candidate way, PathOptions options) {
    List<ReadCertificate> asked = asked(way.path(), options);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    int first = way.path().size() - asked.size();
    ListSigners signers = ListSigners.of(way.path(), pool, lists, finder);
    if (signers.certificates().size() > PathLimits.LIST_SIGNERS * PathLimits.PATH) {
      return Optional.of(PathReason.LIMIT.fault("cRLIssuer"));
    }
    List<X509CRL> relevant =
        lists.stream()
            .filter(list -> signers.names().contains(list.getIssuerX500Principal()))
            .filter(list -> policySet == PolicySet.RFC5280 || list.getNextUpdate() != null)
            .toList();
    Optional<PathFault> weak = weakSignature(relevant);
    if (weak.isPresent()) {
      return weak;
    }
    var store = new ArrayList<Object>(relevant);
    way.path().forEach(one -> store.add(one.certificate()));
    signers.certificates().forEach(one -> store.add(one.certificate()));
    try {
      Rfc5280Check.validateStatus(
          asked,
          way.anchor(),
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(store), Library.PROVIDER),
          time);
      return Optional.empty();
    } catch (CertPathValidatorException unknown) {
      return Optional.of(explained(unknown, asked, first, relevant));
    } catch (GeneralSecurityException | RuntimeException odd) {
      return Optional.of(PathReason.STATUS_UNKNOWN.fault(String.valueOf(odd.getMessage())));
    }
  }

  /** RFC 6960 §4.2.2.2.1: a responder with ocsp-nocheck is believed without its own status. */
  private static List<ReadCertificate> asked(List<ReadCertificate> path, PathOptions options) {
    boolean unasked =
        options.purpose().equals(Optional.of(PathPurpose.OCSP))
            && path.getFirst().extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null;
    return unasked ? path.subList(1, path.size()) : path;
  }

  private PathFault explained(
      CertPathValidatorException unknown,
      List<ReadCertificate> asked,
      int first,
      List<X509CRL> relevant) {
    String words = String.valueOf(unknown.getMessage());
    int index = unknown.getIndex();
    int position = index < 0 ? -1 : index + first;
    Matcher revoked = REVOKED.matcher(words);
    if (revoked.find()) {
      return PathReason.REVOKED.at(position, revoked.group(1) + ", " + revoked.group(2));
    }
    if (index >= 0 && index < asked.size() && isStale(asked.get(index).issuer(), relevant)) {
      return PathReason.STATUS_STALE.at(position, "nextUpdate");
    }
    int advice = words.indexOf(" Searched ");
    return PathReason.STATUS_UNKNOWN.at(position, advice < 0 ? words : words.substring(0, advice));
  }

  private boolean isStale(X500Principal issuer, List<X509CRL> relevant) {
    List<X509CRL> own =
        relevant.stream().filter(list -> list.getIssuerX500Principal().equals(issuer)).toList();
    return !own.isEmpty() && own.stream().noneMatch(this::isCurrent);
  }

  private boolean isCurrent(X509CRL list) {
    return list.getNextUpdate() == null || !list.getNextUpdate().before(Date.from(time));
  }

  /** A list that is signed weakly could be forged: none of them may be (TR-03116-4 Table 29). */
  private Optional<PathFault> weakSignature(List<X509CRL> relevant) {
    for (X509CRL list : relevant) {
      if (isCurrent(list)) {
        Set<String> broken =
            CertificateRules.checkSignature(policySet, algorithm(list), time).stream()
                .filter(finding -> finding.strictness() == Strictness.REQUIRED)
                .map(finding -> finding.rule().id() + " " + finding.detail())
                .collect(Collectors.toSet());
        if (!broken.isEmpty()) {
          return Optional.of(
              PathReason.LIST_SIGNATURE.fault(
                  list.getIssuerX500Principal().getName() + ": " + String.join(", ", broken)));
        }
      }
    }
    return Optional.empty();
  }

  private static Bytes algorithm(X509CRL list) {
    try {
      return Bytes.of(
          CertificateList.getInstance(list.getEncoded()).getSignatureAlgorithm().getEncoded("DER"));
    } catch (IOException | java.security.cert.CRLException malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
