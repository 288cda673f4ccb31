package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is approved: read by the vault from the TBSCertificate itself, never from what the asker
 * says of it.
 *
 * @param request the request's id
 * @param key the authority's key
 * @param kind the kind of the key's policy that the certificate is of; the profile's name
 * @param issuer DER of the issuer's Name
 * @param serial the serial number
 * @param subject DER of the subject's Name
 * @param alternativeNames the DER in the subjectAltName extension, if there is one
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param tenant the subject's organizationName, if there is exactly one
 * @param directoryAttributes the DER in the subjectDirectoryAttributes extension, if there is one:
 *     what makes an officer, {@code approval.OfficerScope}
 */
public record AskedCertificate(
    UUID request,
    KeyId key,
    String kind,
    Bytes issuer,
    BigInteger serial,
    Bytes subject,
    Optional<Bytes> alternativeNames,
    Bytes publicKey,
    Instant notBefore,
    Instant notAfter,
    Optional<String> tenant,
    Optional<Bytes> directoryAttributes) {}
