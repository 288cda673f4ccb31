package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a certificate is made of.
 *
 * @param profile of which kind
 * @param authority who issues it
 * @param signatureAlgorithm of the authority's key, AlgorithmIdentifier, DER
 * @param subject whom it names
 * @param values what people said of its fields
 * @param organization the name of the subject's tenant
 * @param alternativeNames as {@code mail:…}, {@code dns:…}, {@code uri:…}
 * @param directoryAttributes the value of subjectDirectoryAttributes, DER: the scope of an officer
 * @param key the subject's public key
 * @param serial its number
 * @param notBefore start, whole seconds
 * @param notAfter end, inclusive, whole seconds
 */
record CertificateDraft(
    CertificateProfile profile,
    Authority authority,
    Bytes signatureAlgorithm,
    Subject subject,
    FieldValues values,
    String organization,
    List<String> alternativeNames,
    Optional<Bytes> directoryAttributes,
    SubjectKey key,
    SerialNumber serial,
    Instant notBefore,
    Instant notAfter) {
  CertificateDraft {
    alternativeNames = List.copyOf(alternativeNames);
  }

  /** One of whose fields people said nothing. */
  CertificateDraft(
      CertificateProfile profile,
      Authority authority,
      Bytes signatureAlgorithm,
      Subject subject,
      String organization,
      List<String> alternativeNames,
      Optional<Bytes> directoryAttributes,
      SubjectKey key,
      SerialNumber serial,
      Instant notBefore,
      Instant notAfter) {
    this(
        profile,
        authority,
        signatureAlgorithm,
        subject,
        FieldValues.NONE,
        organization,
        alternativeNames,
        directoryAttributes,
        key,
        serial,
        notBefore,
        notAfter);
  }
}
