import { fromPem } from '../encoding';
import { fetchKey } from '../key/safe';
import { transportPassword } from './password';
import { pkcs12, type Entry } from './pkcs12';

/**
 * Where an applicant takes their certificates: looks for the keys in this browser, and makes the PKCS#12 file
 * here, one for all certificates of an order. The password is made here, shown here, and sent nowhere.
 */
export function start(panel: HTMLElement): void {
  const part = <T extends HTMLElement>(role: string): T => panel.querySelector<T>(`[data-role=${role}]`)!;
  const button = part<HTMLButtonElement>('make');
  const problem = part('problem');
  const file = panel.dataset['file'] ?? 'certificate.p12';
  const wanted = [...panel.querySelectorAll<HTMLElement>('[data-role=entry]')].map(({ dataset }) => ({
    keyHash: dataset['keyHash'] ?? '',
    chain: dataset['chain'] ?? '',
    name: dataset['name'] ?? '',
  }));

  const fail = (cause: unknown): void => {
    console.error(cause);
    problem.hidden = false;
    button.disabled = false;
  };

  Promise.all(wanted.map(({ keyHash }) => fetchKey(keyHash))).then((keys) => {
    part(keys.includes(undefined) ? 'no-key' : 'has-key').hidden = false;
    part('looking').hidden = true;
  }, fail);

  button.addEventListener('click', () => {
    button.disabled = true;
    problem.hidden = true;
    void make(wanted).then(({ octets, password }) => {
      part<HTMLInputElement>('password').value = password;
      part('result').hidden = false;
      button.disabled = false;
      save(octets, file);
      part('done').focus();
    }, fail);
  });

  part('copy').addEventListener('click', () => {
    const field = part<HTMLInputElement>('password');
    field.select();
    void navigator.clipboard.writeText(field.value).then(() => {
      part('copied').textContent = panel.dataset['copied'] ?? '';
    });
  });
}

interface Wanted {
  readonly keyHash: string;
  readonly chain: string;
  readonly name: string;
}

async function make(wanted: readonly Wanted[]) {
  const entries = await Promise.all(wanted.map(entry));
  const password = transportPassword();
  return { octets: await pkcs12({ entries, password }), password };
}

async function entry({ keyHash, chain, name }: Wanted): Promise<Entry> {
  const privateKey = await fetchKey(keyHash);
  if (privateKey === undefined) {
    throw new Error('the key is not in this browser');
  }
  const answer = await fetch(chain, { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error(`the certificate cannot be fetched: ${answer.status}`);
  }
  return { privateKey, certificates: fromPem('CERTIFICATE', await answer.text()), name };
}

function save(octets: ArrayBuffer, file: string): void {
  const address = URL.createObjectURL(new Blob([octets], { type: 'application/x-pkcs12' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
