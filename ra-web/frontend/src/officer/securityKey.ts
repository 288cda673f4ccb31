import { fromBase64 } from '../encoding';
import { fromBase64Url } from '../passkey/json';
import { identifier, octetString, sequence, small } from './der';
import { SECURITY_KEY_APPROVAL } from './message';

/** One of the officer's passkeys that was registered for approving. */
export interface SecurityKey {
  readonly credential: ArrayBuffer;
  /** The message by which the officer's key said that it is theirs. */
  readonly registration: ArrayBuffer;
}

/** Those that the page names, as `security-key` items. */
export function securityKeysIn(root: ParentNode): SecurityKey[] {
  if (!('PublicKeyCredential' in window)) {
    return [];
  }
  return [...root.querySelectorAll<HTMLElement>('[data-role=security-key]')].map(({ dataset }) => ({
    credential: fromBase64Url(dataset['credential'] ?? ''),
    registration: fromBase64(dataset['registration'] ?? ''),
  }));
}

/**
 * Lets one of the keys sign a statement: its challenge is the statement's hash (WebAuthn Level 2 §7.2).
 *
 * @returns DER of a SecurityKeyApproval, as the vault defines it
 * @throws DOMException if nobody confirmed, or none of the keys is there
 */
export async function approvedByKey(statement: ArrayBuffer, keys: readonly SecurityKey[]): Promise<ArrayBuffer> {
  const challenge = await crypto.subtle.digest('SHA-256', statement);
  const { credential, response } = await asserted(challenge, keys.map((key) => key.credential));
  const used = keys.find((key) => same(key.credential, credential.rawId));
  if (used === undefined) {
    throw new Error('another key than was asked for');
  }
  return sequence(
    identifier(SECURITY_KEY_APPROVAL),
    small(1),
    octets(statement),
    octets(used.registration),
    octets(credential.rawId),
    octets(response.authenticatorData),
    octets(response.clientDataJSON),
    octets(response.signature),
  ).buffer;
}

/** What a key said to a challenge, with its holder's presence and PIN or fingerprint. */
export async function asserted(
  challenge: BufferSource,
  credentials: readonly ArrayBuffer[],
): Promise<{ credential: PublicKeyCredential; response: AuthenticatorAssertionResponse }> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge,
      allowCredentials: credentials.map((id) => ({ type: 'public-key', id })),
      userVerification: 'required',
    },
  })) as PublicKeyCredential;
  return { credential, response: credential.response as AuthenticatorAssertionResponse };
}

function octets(content: ArrayBuffer): Uint8Array {
  return octetString(new Uint8Array(content));
}

function same(one: ArrayBuffer, other: ArrayBuffer): boolean {
  const [a, b] = [new Uint8Array(one), new Uint8Array(other)];
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
