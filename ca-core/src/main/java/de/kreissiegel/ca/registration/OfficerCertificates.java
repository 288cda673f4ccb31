package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;

/** The officers' certificates, as far as the desk asks for them. */
@FunctionalInterface
public interface OfficerCertificates {
  /** Those that make this person an officer, good and valid at that time; newest first, DER. */
  List<Bytes> of(SubjectId person, Instant now);
}
