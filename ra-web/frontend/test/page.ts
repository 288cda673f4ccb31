import { Window } from 'happy-dom';
import { readFileSync } from 'node:fs';
import { CryptoEngine, setEngine } from 'pkijs';
import { expect, vi } from 'vitest';
import { toBase64 } from '../src/encoding';
import { certificateOf, fixture, type Kind } from './officer';

/** A page's body in a DOM of its own, which the code under test takes for the browser's. */
export function show(html: string): Document {
  const window = new Window({ url: 'https://pki.example/inbox/17' });
  window.document.body.innerHTML = html;
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', window.document);
  // pkijs looks for it elsewhere as soon as there is a window.
  setEngine('test', new CryptoEngine({ name: 'test', crypto }));
  return window.document as unknown as Document;
}

export function role<T extends HTMLElement>(name: string): T {
  return document.querySelector<T>(`[data-role=${name}]`)!;
}

/** What the pages hold in both parts for officers. */
export async function officerRoles(kinds: readonly Kind[]): Promise<string> {
  const items = await Promise.all(
    kinds.map(async (kind) => {
      const { keyHash } = await certificateOf(kind);
      const encoded = toBase64(fixture(`${kind}.crt`));
      return `<li data-role="certificate" data-key-hash="${keyHash}" data-certificate="${encoded}"></li>`;
    }),
  );
  return `
    <div data-role="key-here" hidden>here</div>
    <div data-role="key-missing" hidden>
      <input type="file" data-role="key-file"><input type="password" data-role="key-password" autocomplete="off">
      <button type="button" data-role="import">take in</button>
    </div>
    <ul hidden>${items.join('')}</ul>
    <p role="status" data-role="status"></p>`;
}

export const TEXTS = `data-failed="failed" data-no-key="no key" data-signing="signing" data-wrong-file="wrong file"
  data-other-key="other key"`;

/** Chooses a file, types a password and presses the button, as soon as they are shown. */
export async function importKey(file: File, password: string): Promise<void> {
  await until(() => expect(role('key-missing').hidden).toBe(false));
  Object.defineProperty(role<HTMLInputElement>('key-file'), 'files', { value: [file], configurable: true });
  role<HTMLInputElement>('key-password').value = password;
  role('import').click();
}

export function keyFile(name: string): File {
  return new File([new Uint8Array(readFileSync(`test/fixtures/${name}`))], name);
}

export function status(): string {
  return role('status').textContent;
}

/** Waits until that holds, as long as a slow machine needs. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000, interval: 5 });
}
