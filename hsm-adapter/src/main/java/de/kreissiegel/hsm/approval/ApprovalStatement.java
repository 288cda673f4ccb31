package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * "This certificate may be signed": what an officer approves, every value that the vault later
 * finds in the TBSCertificate by itself. As DER, times to the second:
 *
 * <pre>
 * ApprovalStatement ::= SEQUENCE {
 *   type               OBJECT IDENTIFIER,  -- {@link #TYPE}
 *   version            INTEGER (1),
 *   request            OCTET STRING (SIZE (16)),    -- the request's UUID
 *   key                UTF8String,                  -- the authority's key in the vault
 *   profile            UTF8String,                  -- the kind in that key's policy
 *   subject            Name,
 *   subjectAltName     OCTET STRING,                -- DER of GeneralNames; empty if none
 *   publicKey          SubjectPublicKeyInfo,
 *   latestNotAfter     GeneralizedTime,
 *   longestSeconds     INTEGER (1..4294967295),     -- from notBefore to notAfter
 *   tenant             UTF8String,                  -- subject's organizationName; empty if none
 *   directoryAttributes OCTET STRING,               -- an OfficerScope's extension; empty if none
 *   applicant          UTF8String,                  -- id in the directory; empty for a machine
 *   decided            GeneralizedTime }
 * </pre>
 *
 * <p>In CMS it is the encapsulated content of type {@link #TYPE}; for a security key the SHA-256 of
 * it is the challenge.
 *
 * @param subject DER of the Name
 * @param alternativeNames DER of the subjectAltName's value, of no octets if there is none
 * @param directoryAttributes DER of the subjectDirectoryAttributes' value: of which tenants the
 *     certificate makes an officer; of no octets if there is none
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param latestNotAfter the certificate must not be valid after that
 * @param longest nor longer than this
 */
public record ApprovalStatement(
    UUID request,
    KeyId key,
    String profile,
    Bytes subject,
    Bytes alternativeNames,
    Bytes publicKey,
    Instant latestNotAfter,
    Duration longest,
    String tenant,
    Bytes directoryAttributes,
    String applicant,
    Instant decided)
    implements Statement {
  /** The content type. */
  public static final String TYPE = Identifiers.APPROVAL_STATEMENT.getId();

  static final int LONGEST_TEXT = 256;
  private static final int VERSION = 1;
  private static final int LARGEST_FIELD = 48 << 10;
  private static final long MOST_SECONDS = 0xffff_ffffL;

  public ApprovalStatement {
    latestNotAfter = latestNotAfter.truncatedTo(ChronoUnit.SECONDS);
    decided = decided.truncatedTo(ChronoUnit.SECONDS);
    longest = Duration.ofSeconds(longest.toSeconds());
    if (longest.isNegative() || longest.isZero() || longest.toSeconds() > MOST_SECONDS) {
      throw new IllegalArgumentException("1 to " + MOST_SECONDS + " seconds");
    }
  }

  /**
   * Over exactly what is asked for.
   *
   * @param asked what the TBSCertificate says
   * @param applicant who applied, by their id in the directory; empty for a machine
   */
  public static ApprovalStatement of(AskedCertificate asked, String applicant, Instant decided) {
    return new ApprovalStatement(
        asked.request(),
        asked.key(),
        asked.kind(),
        asked.subject(),
        asked.alternativeNames().orElse(Bytes.of(new byte[0])),
        asked.publicKey(),
        asked.notAfter(),
        Duration.between(asked.notBefore(), asked.notAfter()),
        asked.tenant().orElse(""),
        asked.directoryAttributes().orElse(Bytes.of(new byte[0])),
        applicant,
        decided);
  }

  @Override
  public Bytes encoded() {
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              Identifiers.APPROVAL_STATEMENT,
              new ASN1Integer(VERSION),
              DerFields.encode(request),
              new DERUTF8String(key.value()),
              new DERUTF8String(profile),
              ASN1Sequence.getInstance(subject.toArray()),
              DerFields.encode(alternativeNames),
              ASN1Sequence.getInstance(publicKey.toArray()),
              DerFields.encode(latestNotAfter),
              new ASN1Integer(longest.toSeconds()),
              new DERUTF8String(tenant),
              DerFields.encode(directoryAttributes),
              new DERUTF8String(applicant),
              DerFields.encode(decided)
            }));
  }

  /**
   * Reads one back.
   *
   * @throws MalformedEvidence if the octets are not one, in strict DER
   */
  public static ApprovalStatement decode(Bytes octets) throws MalformedEvidence {
    DerFields fields = DerFields.read("ApprovalStatement", octets);
    fields.header(Identifiers.APPROVAL_STATEMENT, VERSION);
    UUID request = fields.uuid();
    KeyId key = fields.key();
    String profile = fields.text(LONGEST_TEXT);
    Bytes subject = fields.whole();
    Bytes alternativeNames = fields.octets(LARGEST_FIELD);
    Bytes publicKey = fields.whole();
    Instant latestNotAfter = fields.time();
    long seconds = fields.number(MOST_SECONDS);
    String tenant = fields.text(LONGEST_TEXT);
    Bytes directoryAttributes = fields.octets(LARGEST_FIELD);
    String applicant = fields.text(LONGEST_TEXT);
    Instant decided = fields.time();
    fields.end();
    if (seconds == 0) {
      throw new MalformedEvidence("ApprovalStatement: a validity of no time");
    }
    Names.check(subject, alternativeNames);
    ApprovalStatement read =
        new ApprovalStatement(
            request,
            key,
            profile,
            subject,
            alternativeNames,
            publicKey,
            latestNotAfter,
            Duration.ofSeconds(seconds),
            tenant,
            directoryAttributes,
            applicant,
            decided);
    fields.requireWritten(read.encoded(), octets);
    return read;
  }

  @Override
  public List<Line> lines(Locale locale) {
    Words words = Words.in(locale);
    return words
        .heading(Words.Word.APPROVAL, this)
        .line(Words.Word.PROFILE, profile)
        .names(subject, alternativeNames)
        .line(Words.Word.PUBLIC_KEY, Names.publicKey(publicKey))
        .time(Words.Word.NOT_AFTER, latestNotAfter)
        .duration(Words.Word.LONGEST, longest)
        .officer(directoryAttributes)
        .footing(this);
  }
}
