package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * In which order certificates come, as their profiles say: those first on which others depend.
 * Nobody works from home without the gateway, and nobody's application is approved without
 * officers.
 */
public enum Turn {
  /** Gateways of virtual private networks: serverAuth and ipsecIKE. */
  GATEWAYS,
  /** Registration officers, who approve what comes after. */
  OFFICERS,
  /** Other servers: serverAuth. */
  SERVERS,
  /** Other machines: nobody of the staff is named. */
  MACHINES,
  /** People and functions, and what has a profile that is gone. */
  PEOPLE,
  /** The system's own, as time stamps. */
  SYSTEM,
  /**
   * OCSP responders. They have to say of all others that they are revoked, and nobody asks for
   * their own status (RFC 6960 §4.2.2.2.1): they end with the termination of their authority.
   */
  RESPONDERS;

  /** The turn of a profile's certificates. */
  static Turn of(CertificateProfile profile) {
    if (profile.purpose() == Purpose.STATUS) {
      return RESPONDERS;
    }
    if (profile.makesOfficers()) {
      return OFFICERS;
    }
    if (profile.extendedKeyUsages().contains(ExtendedKeyUsage.SERVER_AUTH)) {
      return profile.extendedKeyUsages().contains(ExtendedKeyUsage.IPSEC_IKE) ? GATEWAYS : SERVERS;
    }
    if (profile.ofSystem()) {
      return SYSTEM;
    }
    return profile.subjects().contains(SubjectKind.PERSON)
            || profile.subjects().contains(SubjectKind.FUNCTION)
        ? PEOPLE
        : MACHINES;
  }

  /** The turns of all profiles. */
  static Map<ProfileName, Turn> of(ProfileCatalog profiles) {
    return profiles.all().stream().collect(Collectors.toMap(CertificateProfile::name, Turn::of));
  }
}
