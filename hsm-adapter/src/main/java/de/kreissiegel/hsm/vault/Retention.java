package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.OfficerRegister;
import de.kreissiegel.hsm.journal.ErasureRules;
import de.kreissiegel.hsm.journal.Recalled;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * Which bodies have served. A certificate has when its own time is over, unless the vault needs it:
 * an authority's, an officer's who may still decide or whose key a policy names as a first one's,
 * and what can't be read. What no retention class names isn't asked for.
 *
 * @param firstOfficers SHA-256 of the keys that policies in force name as first officers'
 */
record Retention(Set<Bytes> firstOfficers, Instant now) implements ErasureRules {
  Retention {
    firstOfficers = Set.copyOf(firstOfficers);
  }

  @Override
  public Fate of(Recalled entry, Instant before) {
    if (entry.structure() != SignedStructure.CERTIFICATE) {
      return Fate.GOES;
    }
    Optional<Bytes> kept = entry.kept();
    return kept.isEmpty() ? Fate.NEEDED : certificate(kept.get(), before);
  }

  private Fate certificate(Bytes octets, Instant before) {
    try {
      TBSCertificate tbs = TBSCertificate.getInstance(octets.toArray());
      if (isAuthority(tbs) || OfficerRegister.needs(octets, firstOfficers, now)) {
        return Fate.NEEDED;
      }
      Instant end = tbs.getEndDate().getDate().toInstant();
      return end.isBefore(before) && end.isBefore(now) ? Fate.GOES : Fate.YOUNG;
    } catch (RuntimeException unreadable) {
      // Bouncy Castle reads some fields only when asked for them.
      return Fate.NEEDED;
    }
  }

  private static boolean isAuthority(TBSCertificate tbs) {
    return tbs.getExtensions() != null
        && Optional.ofNullable(BasicConstraints.fromExtensions(tbs.getExtensions()))
            .filter(BasicConstraints::isCA)
            .isPresent();
  }
}
