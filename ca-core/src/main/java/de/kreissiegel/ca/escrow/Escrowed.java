package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;

/**
 * A copy and the certificate that its key got.
 *
 * @param owner whom the certificate names
 * @param ownerName its subject DN (RFC 4514)
 * @param notBefore of the certificate
 * @param notAfter of the certificate
 */
public record Escrowed(
    EscrowCopy copy,
    AuthorityName authority,
    SerialNumber serial,
    SubjectId owner,
    String ownerName,
    Instant notBefore,
    Instant notAfter) {}
