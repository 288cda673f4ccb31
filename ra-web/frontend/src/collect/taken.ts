import { fromPem } from '../encoding';
import type { Bundle, Identity } from '../device/bundle';
import type { Delivery } from '../device/service';
import { fetchKey } from '../key/safe';
import { compatiblePkcs12 } from './compatible';
import { transportPassword } from './password';
import { pkcs12 } from './pkcs12';

/** A certificate that is to be taken, as the page names it. */
export interface Wanted {
  readonly keyHash: string;
  /** Of the certificate's page. */
  readonly address: string;
  readonly name: string;
}

/** What the server tells of its services. */
export async function deliveryOf({ address }: Wanted): Promise<Delivery> {
  const answer = await ask(`${address}/delivery.json`);
  return (await answer.json()) as Delivery;
}

/** Keys and certificates with a new password. */
export async function bundleOf(wanted: readonly Wanted[], stem: string, compatible: boolean): Promise<Bundle> {
  const identities = await Promise.all(wanted.map(identity));
  const password = transportPassword();
  const make = compatible ? compatiblePkcs12 : pkcs12;
  return { identities, password, stem, pkcs12: (some) => make({ entries: some, password }) };
}

async function identity(wanted: Wanted): Promise<Identity> {
  const privateKey = await fetchKey(wanted.keyHash);
  if (privateKey === undefined) {
    throw new Error('the key is not in this browser');
  }
  const chain = await ask(`${wanted.address}/chain.pem`);
  return {
    privateKey,
    certificates: fromPem('CERTIFICATE', await chain.text()),
    name: wanted.name,
    delivery: await deliveryOf(wanted),
  };
}

async function ask(address: string): Promise<Response> {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error(`the certificate cannot be fetched: ${answer.status}`);
  }
  return answer;
}
