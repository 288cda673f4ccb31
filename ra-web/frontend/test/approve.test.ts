import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { ContentInfo, SignedData } from 'pkijs';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { fromBase64, toBase64, toHex } from '../src/encoding';
import { start } from '../src/officer/approve';
import { keepSigner } from '../src/officer/keys';
import { PASSWORD, signerOf, type Kind } from './officer';
import { importKey, keyFile, officerRoles, role, show, status, TEXTS, until } from './page';

const STATEMENT = new TextEncoder().encode('a statement').buffer as ArrayBuffer;
const LINES = [
  { label: 'Holder CN', text: 'Erika Muster' },
  { label: 'Decided', text: '08:00:01' },
];

let server: Mock<typeof fetch>;
let submit: Mock<() => void>;

beforeEach(() => {
  indexedDB = new IDBFactory();
  server = vi.fn<typeof fetch>(async () => Response.json({ statement: toBase64(STATEMENT), lines: LINES }));
  vi.stubGlobal('fetch', server);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function page(kinds: readonly Kind[] = ['p256'], more = ''): Promise<HTMLFormElement> {
  show(`
    <dl data-role="lines"><dt>Holder CN</dt><dd> Erika Muster</dd><dt data-volatile>Decided</dt><dd>07:59:00</dd></dl>
    <form method="post" action="/inbox/17/approve" data-statement="/inbox/17/statement" ${TEXTS} ${more}>
      <input type="hidden" name="signature">${await officerRoles(kinds)}<button type="submit">approve</button>
    </form>`);
  const form = document.querySelector('form')!;
  submit = vi.spyOn(form, 'submit').mockImplementation(() => undefined) as never;
  start(form);
  return form;
}

async function order(): Promise<void> {
  const part = (id: number): string => `
    <details data-statement="/inbox/${id}/statement"><input type="hidden" name="signature">
      <dl data-role="lines"><dt>Holder CN</dt><dd>Erika Muster</dd><dt data-volatile>Decided</dt><dd>07:59:00</dd></dl>
    </details>`;
  show(`<form method="post" action="/inbox/17/approve" ${TEXTS} data-changed="changed">
      ${part(17)}${part(18)}${await officerRoles(['p256'])}<button type="submit">approve</button>
    </form>`);
  const form = document.querySelector('form')!;
  submit = vi.spyOn(form, 'submit').mockImplementation(() => undefined) as never;
  start(form);
}

function signature(): string {
  return document.querySelector<HTMLInputElement>('input[name=signature]')!.value;
}

function button(): HTMLButtonElement {
  return document.querySelector<HTMLButtonElement>('button[type=submit]')!;
}

async function refusedWith(text: string): Promise<void> {
  button().click();
  await until(() => expect(status()).toBe(text));
  expect(submit).not.toHaveBeenCalled();
  expect(signature()).toBe('');
  expect(button().disabled).toBe(false);
}

describe('the form of an approval, with the officer’s key in this browser', () => {
  beforeEach(async () => keepSigner(await signerOf('p256')));

  it('says that the key is here', async () => {
    await page(['rsa', 'p256']);
    await until(() => expect(role('key-here').hidden).toBe(false));
    expect(role('key-missing').hidden).toBe(true);
  });

  it('sends a message over the statement, signed by the officer', async () => {
    await page();
    button().click();
    await until(() => expect(submit).toHaveBeenCalledOnce());
    const signed = new SignedData({ schema: ContentInfo.fromBER(fromBase64(signature())).content });
    expect(toHex(signed.encapContentInfo.eContent!.getValue())).toBe(toHex(STATEMENT));
    expect(await signed.verify({ signer: 0, checkChain: false })).toBe(true);
    expect(server.mock.calls[0]![0]).toBe('/inbox/17/statement');
  });

  it('signs all parts of an order, each as it stands there', async () => {
    const other = new TextEncoder().encode('another').buffer as ArrayBuffer;
    server.mockImplementation(async (address) =>
      Response.json({ statement: toBase64(address === '/inbox/18/statement' ? other : STATEMENT), lines: LINES }),
    );
    await order();
    button().click();
    await until(() => expect(submit).toHaveBeenCalledOnce());
    const signed = [...document.querySelectorAll<HTMLInputElement>('input[name=signature]')].map((input) => {
      const message = new SignedData({ schema: ContentInfo.fromBER(fromBase64(input.value)).content });
      return toHex(message.encapContentInfo.eContent!.getValue());
    });
    expect(signed).toEqual([toHex(STATEMENT), toHex(other)]);
  });

  it('signs no part of an order where one has changed', async () => {
    server.mockImplementation(async (address) =>
      Response.json({
        statement: toBase64(STATEMENT),
        lines: address === '/inbox/18/statement' ? LINES.slice(0, 1) : LINES,
      }),
    );
    await order();
    await refusedWith('changed');
    expect([...document.querySelectorAll<HTMLInputElement>('input[name=signature]')].map((one) => one.value)).toEqual([
      '',
      '',
    ]);
  });

  it('sends one message however often the button is pressed', async () => {
    const form = await page();
    button().click();
    expect(status()).toBe('signing');
    expect(button().disabled).toBe(true);
    form.dispatchEvent(new window.Event('submit', { cancelable: true }));
    await until(() => expect(submit).toHaveBeenCalled());
    form.dispatchEvent(new window.Event('submit', { cancelable: true }));
    expect(submit).toHaveBeenCalledOnce();
    expect(server).toHaveBeenCalledOnce();
  });

  it('never goes out unsigned, not even before its code is loaded', async () => {
    const form = await page();
    const event = new window.Event('submit', { cancelable: true });
    form.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    await until(() => expect(submit).toHaveBeenCalledOnce());
  });

  it('says what the server says when it refuses', async () => {
    server.mockImplementation(async () =>
      Response.json({ title: 'Too late', detail: 'The request was withdrawn.' }, { status: 409 }),
    );
    await page();
    await refusedWith('The request was withdrawn.');
    server.mockImplementation(async () => Response.json({ title: 'Too late' }, { status: 409 }));
    await refusedWith('Too late');
  });

  it.each([
    ['no answer', () => Promise.reject(new TypeError('offline'))],
    ['a page instead of a statement', async () => new Response('<html>')],
    ['an error without words', async () => Response.json(null, { status: 500 })],
    ['a statement without lines', async () => Response.json({ statement: 'AAAA' })],
    ['lines without text', async () => Response.json({ statement: 'AAAA', lines: [{ label: 'a' }, null] })],
    ['no Base64', async () => Response.json({ statement: '???', lines: LINES })],
  ])('says that it failed on %s', async (_, answer) => {
    server.mockImplementation(answer);
    await page();
    await refusedWith('failed');
  });

  it.each([
    ['another text', [{ label: 'Holder CN', text: 'Max Muster' }, LINES[1]]],
    ['another label', [{ label: 'Holder O', text: 'Erika Muster' }, LINES[1]]],
    ['another label at the time', [LINES[0], { label: 'Sold', text: '07:59:00' }]],
    ['a line more', [...LINES, { label: 'Officer for', text: '*' }]],
    ['a line less', LINES.slice(0, 1)],
    ['another order', [...LINES].reverse()],
    ['no lines', []],
  ])('signs nothing that the officer has not read: %s', async (_, lines) => {
    server.mockImplementation(async () => Response.json({ statement: toBase64(STATEMENT), lines }));
    await page(['p256'], 'data-changed="changed"');
    await refusedWith('changed');
  });

  it('signs nothing when the page shows no lines', async () => {
    await page();
    role('lines').remove();
    await refusedWith('failed');
  });

  it('may be sent again when the browser comes back to it', async () => {
    await page();
    button().click();
    await until(() => expect(submit).toHaveBeenCalledOnce());
    window.dispatchEvent(Object.assign(new window.Event('pageshow'), { persisted: true }) as unknown as Event);
    expect(signature()).toBe('');
    button().click();
    await until(() => expect(submit).toHaveBeenCalledTimes(2));
  });
});

describe('the form of an approval, without the officer’s key', () => {
  it('asks for the key, and sends nothing', async () => {
    await page();
    await until(() => expect(role('key-missing').hidden).toBe(false));
    await refusedWith('no key');
    expect(document.activeElement).toBe(role('key-file'));
    expect(server).not.toHaveBeenCalled();
  });

  it('asks for a key when the officer has no certificate', async () => {
    await page([]);
    await refusedWith('no key');
  });

  it('signs once the key has been taken in from its file', async () => {
    await page();
    await importKey(keyFile('openssl-p256.p12'), PASSWORD);
    expect(role<HTMLInputElement>('key-password').value).toBe('');
    await until(() => expect(role('key-here').hidden).toBe(false));
    expect(document.activeElement).toBe(button());
    button().click();
    await until(() => expect(submit).toHaveBeenCalledOnce());
  });

  it('does not send the form when Enter is pressed in the password', async () => {
    const form = await page();
    const sent = vi.fn();
    form.addEventListener('submit', sent);
    await until(() => expect(role('key-missing').hidden).toBe(false));
    const enter = new window.KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
    role('key-password').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
    expect(sent).not.toHaveBeenCalled();
  });

  it.each([
    ['openssl-p256.p12', 'another', 'wrong file', 'key-password'],
    ['p256.crt', PASSWORD, 'wrong file', 'key-file'],
    ['openssl-rsa.p12', PASSWORD, 'other key', 'key-file'],
  ])('says what is wrong with %s', async (file, password, text, focused) => {
    await page();
    await importKey(keyFile(file), password);
    await until(() => expect(status()).toBe(text));
    expect(role<HTMLInputElement>('key-password').value).toBe('');
    expect(role('key-missing').hidden).toBe(false);
    expect(role<HTMLButtonElement>('import').disabled).toBe(false);
    expect(document.activeElement).toBe(role(focused));
  });

  it('says so of a wrong password where the page has words for it', async () => {
    await page(['p256'], 'data-wrong-password="wrong password"');
    await importKey(keyFile('openssl-p256.p12'), 'another');
    await until(() => expect(status()).toBe('wrong password'));
  });
});
