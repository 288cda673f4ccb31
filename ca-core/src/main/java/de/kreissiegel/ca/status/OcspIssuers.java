package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.status.OcspQuestion.IssuerHash;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our authorities as CertIDs name them; those that have no OCSP responder are left out. */
final class OcspIssuers {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  /** OCSPRequest, TBSRequest, requestList, Request, CertID: a header of two octets for each. */
  private static final int HEADERS = 5;

  private final Map<IssuerHash, Issuer> byHash = new HashMap<>();
  private final List<Issuer> all = new ArrayList<>();

  OcspIssuers(AuthorityCatalog catalog) {
    for (Generation generation :
        catalog.lines().stream().flatMap(line -> line.generations().stream()).toList()) {
      Authority authority = generation.authority();
      if (authority.ocspKey().isPresent()) {
        for (CertIdHash hash : CertIdHash.values()) {
          Issuer issuer = new Issuer(generation, hash, hash.certIdHead(authority));
          all.add(issuer);
          byHash.put(
              new IssuerHash(hash.identifier(), hash.nameHash(authority), hash.keyHash(authority)),
              issuer);
        }
      }
    }
  }

  /**
   * An authority under one of its hashes.
   *
   * @param head what a CertID begins with that names it so
   */
  record Issuer(Generation generation, CertIdHash hash, byte[] head) {
    Authority authority() {
      return generation.authority();
    }

    /** Whether it has ended by then, and its responder with it: nobody signs for it any more. */
    boolean hasEnded(Instant time) {
      return !generation.isAlive(time);
    }

    /** Where the serial number of a request that {@link #glance} knows begins. */
    int serialAt() {
      return 2 * HEADERS + head.length + 2;
    }
  }

  Optional<Issuer> find(IssuerHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /**
   * Reads the request that nearly everybody sends: for one certificate, without extensions, name or
   * signature, and so short that each length takes one octet. The serial number is then all that
   * follows from {@link Issuer#serialAt} on.
   *
   * @return whose certificate is asked for; null if it is another kind of request, or none
   */
  @Nullable Issuer glance(byte[] request) {
    if (request.length < 2 * HEADERS || request.length > 0x7f) {
      return null;
    }
    for (int at = 0; at < 2 * HEADERS; at += 2) {
      if (request[at] != SEQUENCE || request[at + 1] != request.length - at - 2) {
        return null;
      }
    }
    for (Issuer issuer : all) {
      int end = 2 * HEADERS + issuer.head().length;
      if (request.length > end + 2
          && Arrays.equals(issuer.head(), 0, issuer.head().length, request, 2 * HEADERS, end)) {
        boolean whole = request[end] == INTEGER && request[end + 1] == request.length - end - 2;
        return whole ? issuer : null;
      }
    }
    return null;
  }

  static Bytes digest(String hash, byte[] octets) {
    try {
      return Bytes.of(MessageDigest.getInstance(hash).digest(octets));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
