package de.kreissiegel.ca.publication;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/**
 * What a directory shall say of an authority or of one of its partitions.
 *
 * @param entry the entry's name: the authority's, {@code people}, or the partition's, {@code
 *     people-p3}
 * @param kind which of its attributes
 * @param values all that there shall be; none: the attribute goes
 */
public record Posting(String entry, Kind kind, List<Bytes> values) {
  public Posting {
    values = List.copyOf(values);
  }

  /** What is told (RFC 4523 §2). */
  public enum Kind {
    /** {@code cACertificate}: the authority's own, and those that link its generations. */
    CERTIFICATES,
    /** {@code certificateRevocationList} of an authority whose certificates certify nothing. */
    LIST,
    /**
     * The list of an authority that certifies authorities: {@code authorityRevocationList}, and
     * {@code certificateRevocationList} for those who look only there.
     */
    LIST_OF_AUTHORITIES,
    /** {@code deltaRevocationList}. */
    DELTA,
    /**
     * An authority whose certificates log in to an Active Directory: its {@code
     * NTAuthCertificates}, which it shares with others; never taken away.
     */
    LOGON_AUTHORITY
  }
}
