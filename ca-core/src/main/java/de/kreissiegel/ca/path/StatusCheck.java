package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.CertificateRules;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.Strictness;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Asks the CRLs about each certificate of a path, from the anchor down (RFC 5280 §6.3.3). Bouncy
 * Castle does the same, but not for a time that its own clock calls the future, and time is given
 * here.
 */
final class StatusCheck {
  private final List<ReadList> lists;
  private final PolicySet policySet;
  private final Instant time;
  private final ListSigners signers;

  StatusCheck(
      List<ReadCertificate> pool,
      List<ReadList> lists,
      PathFinder finder,
      PolicySet policySet,
      Instant time) {
    // The newest says what is true now: an older one may still be current.
    this.lists = lists.stream().sorted(Comparator.comparing(ReadList::start).reversed()).toList();
    this.policySet = policySet;
    this.time = time;
    this.signers = new ListSigners(pool, finder, time);
  }

  /** The first thing that is wrong with the status of a path whose rest is valid. */
  Optional<PathFault> fault(PathFinder.Candidate way, PathOptions options) {
    return fault(way, isUnasked(way.path().getFirst(), options) ? 1 : 0);
  }

  private Optional<PathFault> fault(PathFinder.Candidate way, int last) {
    for (int position = way.path().size() - 1; position >= last; position--) {
      Optional<PathFault> fault = new Inquiry(way, position).fault();
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** RFC 6960 §4.2.2.2.1: a responder with ocsp-nocheck is believed without its own status. */
  private static boolean isUnasked(ReadCertificate holder, PathOptions options) {
    return options.purpose().equals(Optional.of(PathPurpose.OCSP))
        && holder.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null;
  }

  /** About one certificate. */
  private final class Inquiry {
    private final PathFinder.Candidate way;
    private final int position;
    private final ReadCertificate certificate;
    private int reasons;
    private @Nullable PathFault hindrance;

    Inquiry(PathFinder.Candidate way, int position) {
      this.way = way;
      this.position = position;
      this.certificate = way.path().get(position);
    }

    Optional<PathFault> fault() {
      for (boolean selfVouched : new boolean[] {false, true}) {
        for (ListScope scope : ListScope.of(certificate)) {
          for (ReadList list : lists) {
            if (!list.isDelta() && reasons != ListScope.ALL_REASONS && scope.isSpokenFor(list)) {
              Optional<PathFault> revoked = ask(list, scope, selfVouched);
              if (revoked.isPresent()) {
                return revoked;
              }
            }
          }
        }
      }
      if (reasons == ListScope.ALL_REASONS) {
        return Optional.empty();
      }
      if (hindrance == null) {
        hinder(reasons == 0 ? "no CRL of " + certificate.issuer().getName() : "onlySomeReasons");
      }
      return Optional.ofNullable(hindrance);
    }

    /** Takes up what the list says; the revocation, if it says so. */
    private Optional<PathFault> ask(ReadList list, ListScope scope, boolean selfVouched) {
      int more = scope.reasons(list) & ~reasons;
      if (more == 0 || !isUsable(list, scope)) {
        return Optional.empty();
      }
      Optional<PublicKey> signer =
          signers.signer(
              list,
              way,
              position,
              selfVouched,
              (other, from) -> StatusCheck.this.fault(other, from).isEmpty());
      if (signer.isEmpty()) {
        hinder("a CRL is not signed by who may");
        return Optional.empty();
      }
      try {
        Optional<ListEntry> entry = entry(list, signer.get());
        if (entry.isPresent() && entry.get().holdsAt(time)) {
          return Optional.of(PathReason.REVOKED.at(position, entry.get().told()));
        }
        reasons |= more;
      } catch (ListEntry.Unknown unknown) {
        hinder("a CRL has an entry with an unknown critical extension");
      }
      return Optional.empty();
    }

    private boolean isUsable(ReadList list, ListScope scope) {
      if (!scope.covers(list)) {
        hinder("a CRL is for others: issuingDistributionPoint");
      } else if (list.hasUnknownCriticalExtension()) {
        hinder("a CRL has an unknown critical extension");
      } else if (!list.hasEnd() && policySet != PolicySet.RFC5280) {
        hinder("a CRL without nextUpdate");
      } else if (!list.isCurrent(time)) {
        hinder(
            PathReason.STATUS_STALE.at(
                position, "nextUpdate " + list.structure().getNextUpdate().getDate().toInstant()));
      } else {
        return isSignedWell(list);
      }
      return false;
    }

    /** A list that is signed weakly may be forged (TR-03116-4 Table 29). */
    private boolean isSignedWell(ReadList list) {
      String broken =
          CertificateRules.checkSignature(policySet, list.signatureAlgorithm(), time).stream()
              .filter(finding -> finding.strictness() == Strictness.REQUIRED)
              .map(finding -> finding.rule().id() + " " + finding.detail())
              .collect(Collectors.joining(", "));
      if (!broken.isEmpty()) {
        hinder(PathReason.LIST_SIGNATURE.at(position, broken));
      }
      return broken.isEmpty();
    }

    /**
     * Delta CRLs first, for they are newer; a release there outweighs the full list (§6.3.3 (k)).
     */
    private Optional<ListEntry> entry(ReadList full, PublicKey signer) throws ListEntry.Unknown {
      for (ReadList delta : lists) {
        if (delta.isDelta()
            && delta.fitsOn(full)
            && delta.isCurrent(time)
            && !delta.hasUnknownCriticalExtension()
            && ListSigners.signed(delta, signer)) {
          Optional<ListEntry> entry = ListEntry.find(delta, certificate);
          if (entry.isPresent()) {
            return entry.filter(one -> !one.isRelease());
          }
        }
      }
      return ListEntry.find(full, certificate).filter(one -> !one.isRelease());
    }

    private void hinder(String detail) {
      hinder(PathReason.STATUS_UNKNOWN.at(position, detail));
    }

    /** The first hindrance is told. */
    private void hinder(PathFault fault) {
      if (hindrance == null) {
        hindrance = fault;
      }
    }
  }
}
