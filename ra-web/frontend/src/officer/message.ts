import type { OfficerCertificate } from './certificate';
import { identifier, octetString, sequence, set, small, sorted, value, type Octets } from './der';

const ARC = '2.25.242234265623826089425136007026196127821';
/** What the content may be, as the vault defines it; each begins with its own identifier. */
export const APPROVAL_STATEMENT = `${ARC}.2`;
export const SECURITY_KEY_REGISTRATION = `${ARC}.3`;
export const RELEASE_STATEMENT = `${ARC}.4`;
/** What a security key signed, with all that belongs to it: no CMS message. */
export const SECURITY_KEY_APPROVAL = `${ARC}.6`;

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

const SET_OF = 0x31;
/** The tag [0], constructed: explicit around one value, or implicit in place of SET's. */
const TAGGED_0 = 0xa0;

/**
 * A CMS SignedData (RFC 5652 §5) over a statement in just the shape that the vault takes: the statement and the
 * officer's certificate inside, one signer, the attributes contentType and messageDigest, all of it DER.
 *
 * @param statement DER of what is signed; it goes in as it is
 * @param key the private key of that certificate
 * @param content what it is; whoever reads it holds it against what the statement says of itself
 */
export async function officerMessage(
  statement: ArrayBuffer,
  certificate: OfficerCertificate,
  key: CryptoKey,
  content: string = APPROVAL_STATEMENT,
): Promise<ArrayBuffer> {
  const { scheme } = certificate;
  const type = identifier(content);
  const digest = await crypto.subtle.digest(scheme.hash, statement);
  const attributes = sorted([
    attribute(CONTENT_TYPE, type),
    attribute(MESSAGE_DIGEST, octetString(new Uint8Array(digest))),
  ]);
  // What is signed is the SET OF; in the message it stands under the tag [0] instead (RFC 5652 §5.4).
  const signature = await crypto.subtle.sign(scheme.signing, key, value(SET_OF, ...attributes));
  const signer = sequence(
    small(1),
    sequence(certificate.issuer, certificate.serial),
    scheme.digest,
    value(TAGGED_0, ...attributes),
    scheme.signature,
    octetString(scheme.encoded(new Uint8Array(signature))),
  );
  const signedData = sequence(
    small(3),
    set(scheme.digest),
    sequence(type, value(TAGGED_0, octetString(new Uint8Array(statement)))),
    value(TAGGED_0, certificate.encoded),
    set(signer),
  );
  return sequence(identifier(SIGNED_DATA), value(TAGGED_0, signedData)).buffer;
}

function attribute(type: string, content: Octets): Octets {
  return sequence(identifier(type), set(content));
}
