package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * "This escrowed key may be opened". As DER, times to the second:
 *
 * <pre>
 * ReleaseStatement ::= SEQUENCE {
 *   type       OBJECT IDENTIFIER,  -- {@link #TYPE}
 *   version    INTEGER (1),
 *   request    OCTET STRING (SIZE (16)),
 *   key        UTF8String,                  -- the vault's key that unwraps
 *   encrypted  OCTET STRING (SIZE (32)),    -- SHA-256 of the encrypted octets
 *   owner      UTF8String,                  -- whose key it is
 *   reason     UTF8String,                  -- why, with a file's number
 *   tenant     UTF8String,                  -- empty if none
 *   applicant  UTF8String,                  -- id in the directory of who wants it
 *   decided    GeneralizedTime }
 * </pre>
 *
 * <p>The vault can't see in the encrypted octets whose key they hold: {@code owner} is what the
 * officer was told, and stands in the journal beside the digest.
 */
public record ReleaseStatement(
    UUID request,
    KeyId key,
    Bytes encrypted,
    String owner,
    String reason,
    String tenant,
    String applicant,
    Instant decided)
    implements Statement {
  /** The content type. */
  public static final String TYPE = Identifiers.RELEASE_STATEMENT.getId();

  static final int DIGEST_OCTETS = 32;
  private static final int VERSION = 1;
  private static final int LONGEST_REASON = 2000;

  public ReleaseStatement {
    decided = decided.truncatedTo(ChronoUnit.SECONDS);
    if (encrypted.length() != DIGEST_OCTETS) {
      throw new IllegalArgumentException("the digest is SHA-256's");
    }
  }

  @Override
  public Bytes encoded() {
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              Identifiers.RELEASE_STATEMENT,
              new ASN1Integer(VERSION),
              DerFields.encode(request),
              new DERUTF8String(key.value()),
              DerFields.encode(encrypted),
              new DERUTF8String(owner),
              new DERUTF8String(reason),
              new DERUTF8String(tenant),
              new DERUTF8String(applicant),
              DerFields.encode(decided)
            }));
  }

  /**
   * Reads one back.
   *
   * @throws MalformedEvidence if the octets are not one, in strict DER
   */
  public static ReleaseStatement decode(Bytes octets) throws MalformedEvidence {
    DerFields fields = DerFields.read("ReleaseStatement", octets);
    fields.header(Identifiers.RELEASE_STATEMENT, VERSION);
    UUID request = fields.uuid();
    KeyId key = fields.key();
    Bytes encrypted = fields.digest();
    String owner = fields.text(ApprovalStatement.LONGEST_TEXT);
    String reason = fields.text(LONGEST_REASON);
    String tenant = fields.text(ApprovalStatement.LONGEST_TEXT);
    String applicant = fields.text(ApprovalStatement.LONGEST_TEXT);
    Instant decided = fields.time();
    fields.end();
    ReleaseStatement read =
        new ReleaseStatement(request, key, encrypted, owner, reason, tenant, applicant, decided);
    fields.requireWritten(read.encoded(), octets);
    return read;
  }

  /** Whether another officer decided the same, at whatever time. */
  boolean sameMatter(ReleaseStatement other) {
    return encoded()
        .equals(
            new ReleaseStatement(
                    other.request,
                    other.key,
                    other.encrypted,
                    other.owner,
                    other.reason,
                    other.tenant,
                    other.applicant,
                    decided)
                .encoded());
  }

  @Override
  public List<Line> lines(Locale locale) {
    return Words.in(locale)
        .heading(Words.Word.RELEASE, this)
        .line(Words.Word.OWNER, owner)
        .line(Words.Word.REASON, reason)
        .line(Words.Word.ENCRYPTED, encrypted.toHex())
        .footing(this);
  }
}
