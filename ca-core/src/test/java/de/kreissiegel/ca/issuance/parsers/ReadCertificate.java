package de.kreissiegel.ca.issuance.parsers;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * What a parser found in a certificate, in a form that all parsers can give.
 *
 * @param subject attributes in their order, as {@code 2.5.4.3=Anna Amsel}
 * @param issuer likewise
 * @param publicKey SubjectPublicKeyInfo, DER, in hexadecimal
 * @param signatureAlgorithm its object identifier
 * @param keyUsage bits by their numbers (RFC 5280 §4.2.1.3)
 * @param extendedKeyUsage object identifiers
 * @param alternativeNames in their order: {@code mail:…}, {@code dns:…}, {@code uri:…}, and others
 *     by their type, as {@code 1.3.6.1.4.1.311.20.2.3:…}
 * @param listAddresses of cRLDistributionPoints
 * @param accessAddresses of authorityInfoAccess, in their order
 * @param subjectKeyIdentifier in hexadecimal
 * @param authorityKeyIdentifier in hexadecimal
 * @param policies object identifiers
 * @param critical object identifiers of the critical extensions
 */
public record ReadCertificate(
    BigInteger serial,
    List<String> subject,
    List<String> issuer,
    Instant notBefore,
    Instant notAfter,
    String publicKey,
    String signatureAlgorithm,
    SortedSet<Integer> keyUsage,
    SortedSet<String> extendedKeyUsage,
    List<String> alternativeNames,
    boolean authority,
    List<String> listAddresses,
    List<String> accessAddresses,
    String subjectKeyIdentifier,
    String authorityKeyIdentifier,
    SortedSet<String> policies,
    SortedSet<String> critical) {}
