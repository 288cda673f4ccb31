import { fromBase64, toBase64, toPem } from '../encoding';
import { makeKey, type NewKey } from './pair';
import { keep, tidy } from './safe';

/**
 * The application form. Where the applicant lets the browser make the keys, they are made and kept before the form
 * is sent; what goes out are the certification requests alone. An order has a key for each of its certificates.
 */
export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const status = form.querySelector<HTMLElement>('[data-role=status]')!;
  const requests = form.querySelectorAll<HTMLTextAreaElement>('[data-role=csr]');
  const files = form.querySelectorAll<HTMLInputElement>('[data-role=csr-file]');
  const own = form.querySelector<HTMLElement>('[data-role=own-request]')!;
  const choices = form.querySelectorAll<HTMLInputElement>('input[name=keyFrom]');
  const card = form.querySelector<HTMLElement>('[data-role=card]');
  const chosen = (value: string): boolean => [...choices].some((choice) => choice.checked && choice.value === value);
  const inBrowser = (): boolean => chosen('browser');

  const show = (): void => {
    own.hidden = inBrowser() || chosen('server');
    if (card !== null) {
      card.hidden = !chosen('token');
    }
    status.textContent = '';
  };
  choices.forEach((choice) => choice.addEventListener('change', show));
  if (form.dataset['startWith'] !== 'file') {
    choices.forEach((choice) => (choice.checked = choice.value === 'browser'));
  }
  show();

  let ready = false;
  form.addEventListener('submit', (event) => {
    if (ready || !inBrowser()) {
      return;
    }
    event.preventDefault();
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]')!;
    button.disabled = true;
    status.textContent = form.dataset['making'] ?? '';
    void prepare(requests, files).then(
      () => {
        ready = true;
        form.submit();
      },
      (problem: unknown) => {
        console.error(problem);
        button.disabled = false;
        status.textContent = form.dataset['failed'] ?? '';
      },
    );
  });
}

async function prepare(
  requests: NodeListOf<HTMLTextAreaElement>,
  files: NodeListOf<HTMLInputElement>,
): Promise<void> {
  // The large part, loaded only when it is needed: the form itself must be ready with the page.
  const { certificationRequest } = await import('./request');
  const now = new Date();
  await tidy(now);
  for (const request of requests) {
    const key = await makeKey();
    const der = await certificationRequest(key.pair);
    await keep(key.hash, key.pair.privateKey, now);
    await escrow(request, key);
    request.value = toPem('CERTIFICATE REQUEST', der);
  }
  files.forEach((file) => (file.value = ''));
}

/** Where the page says that a copy is kept, one is made here, and only what the vault alone can open is sent. */
async function escrow(request: HTMLTextAreaElement, key: NewKey): Promise<void> {
  const part = request.closest<HTMLElement>('[data-escrow-key]');
  if (part === null) {
    return;
  }
  const { escrowCopy } = await import('./escrow');
  const copy = await escrowCopy(key, fromBase64(part.dataset['escrowKey'] ?? ''));
  part.querySelector<HTMLInputElement>('[data-role=escrow-copy]')!.value = toBase64(copy.wrapped);
  part.querySelector<HTMLInputElement>('[data-role=escrow-wrapping]')!.value = toBase64(copy.wrappingKey);
}
