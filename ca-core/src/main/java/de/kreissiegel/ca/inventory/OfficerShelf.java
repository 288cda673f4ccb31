package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.OfficerCertificates;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;

/** Finds officers' certificates among those that were issued. */
public final class OfficerShelf implements OfficerCertificates {
  private final ProfileCatalog profiles;
  private final CertificateBook book;

  public OfficerShelf(ProfileCatalog profiles, CertificateBook book) {
    this.profiles = profiles;
    this.book = book;
  }

  @Override
  public List<Bytes> of(SubjectId person, Instant now) {
    return book.ofSubjects(List.of(person)).stream()
        .filter(
            one ->
                profiles.find(one.profile()).filter(CertificateProfile::makesOfficers).isPresent())
        .filter(one -> one.status() instanceof CertificateStatus.Good)
        .filter(one -> !one.notBefore().isAfter(now) && !one.isExpired(now))
        .map(StoredCertificate::encoded)
        .toList();
  }
}
