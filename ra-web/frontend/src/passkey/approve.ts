import { Integer } from 'asn1js';
import { fromBase64, toBase64 } from '../encoding';
import { elements, identifier, octetString, sequence, small, value, type Octets } from '../officer/der';
import { officerMessage, SECURITY_KEY_REGISTRATION } from '../officer/message';
import { keyPanel } from '../officer/panel';
import { algorithmOf, schemeOf } from '../officer/scheme';
import { asserted } from '../officer/securityKey';
import { fromBase64Url } from './json';

/** The key that answered isn't the one whose public key the page names. */
class AnotherKey extends Error {}

/**
 * The form by which an officer lets a passkey count when they approve: the passkey proves that it is there and that
 * the page names its public key, then the officer's own key signs that it is theirs.
 */
export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const choice = form.querySelector<HTMLSelectElement>('select[name=passkey]')!;
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]')!;
  const opened = performance.now();
  const panel = keyPanel(form, () => button.focus());
  const say = (word: string): void => panel.say(form.dataset[word]);

  const registered = async (): Promise<boolean> => {
    const signer = await panel.signer();
    if (signer === undefined) {
      say('noKey');
      panel.askForKey();
      return false;
    }
    const chosen = choice.selectedOptions[0]!;
    const credential = fromBase64Url(chosen.value);
    const publicKey = new Uint8Array(fromBase64(chosen.dataset['publicKey'] ?? ''));
    await prove(credential, publicKey);
    // By the server's clock: an officer's may go wrong by hours.
    const now = new Date(Date.parse(form.dataset['now'] ?? '') + performance.now() - opened);
    const registration = sequence(
      identifier(SECURITY_KEY_REGISTRATION),
      small(1),
      value(12, new TextEncoder().encode(form.dataset['relyingParty'] ?? '')),
      octetString(new Uint8Array(credential)),
      publicKey,
      value(24, new TextEncoder().encode(generalizedTime(now))),
    );
    const { certificate, key } = signer;
    const message = await officerMessage(registration.buffer, certificate, key, SECURITY_KEY_REGISTRATION);
    form.querySelector<HTMLInputElement>('input[name=registration]')!.value = toBase64(message);
    return true;
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!('PublicKeyCredential' in window)) {
      say('unable');
      return;
    }
    button.disabled = true;
    say('asking');
    void registered()
      .then(
        (done) => done && form.submit(),
        (problem: unknown) => {
          console.error(problem);
          say(problem instanceof AnotherKey ? 'another' : problem instanceof DOMException ? 'stopped' : 'failed');
        },
      )
      .finally(() => (button.disabled = false));
  });
}

/** That the passkey is here, and that this is its public key: nobody else's word is taken for it. */
async function prove(credential: ArrayBuffer, publicKey: Octets): Promise<void> {
  const scheme = schemeOf(algorithmOf(publicKey));
  if (scheme === undefined) {
    throw new AnotherKey();
  }
  const { response } = await asserted(crypto.getRandomValues(new Uint8Array(32)), [credential]);
  const hash = await crypto.subtle.digest('SHA-256', response.clientDataJSON);
  const signed = new Uint8Array([...new Uint8Array(response.authenticatorData), ...new Uint8Array(hash)]);
  const key = await crypto.subtle.importKey('spki', publicKey, scheme.key, false, ['verify']);
  const signature = sideBySide(new Uint8Array(response.signature), scheme.coordinate);
  if (!(await crypto.subtle.verify(scheme.signing, key, signature, signed))) {
    throw new AnotherKey();
  }
}

/** An ECDSA-Sig-Value (RFC 3279 §2.2.3) as WebCrypto takes it: r and s, each as long as a coordinate. */
function sideBySide(signature: Uint8Array, coordinate: number): Octets {
  const both = new Uint8Array(2 * coordinate);
  elements(signature).forEach((number, index) => {
    const octets = new Uint8Array((number as Integer).valueBlock.valueHexView);
    const shortest = octets.slice(Math.max(0, octets.length - coordinate));
    both.set(shortest, (index + 1) * coordinate - shortest.length);
  });
  return both;
}

/** To the second, in UTC (RFC 5280 §4.1.2.5.2). */
function generalizedTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/[-T:]/g, '') + 'Z';
}
