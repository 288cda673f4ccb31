import { toPem } from '../encoding';
import { makeKey } from './pair';
import { keep, tidy } from './safe';

/**
 * The application form. Where the applicant lets the browser make the key, it is made and kept before the form
 * is sent; what goes out is the certification request alone.
 */
export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const status = form.querySelector<HTMLElement>('[data-role=status]')!;
  const request = form.elements.namedItem('csr') as HTMLTextAreaElement;
  const file = form.elements.namedItem('csrFile') as HTMLInputElement;
  const own = form.querySelector<HTMLElement>('[data-role=own-request]')!;
  const choices = form.querySelectorAll<HTMLInputElement>('input[name=keyFrom]');
  const inBrowser = (): boolean => [...choices].some((choice) => choice.checked && choice.value === 'browser');

  const show = (): void => {
    own.hidden = inBrowser();
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
    void prepare(request, file).then(
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

async function prepare(request: HTMLTextAreaElement, file: HTMLInputElement): Promise<void> {
  // The large part, loaded only when it is needed: the form itself must be ready with the page.
  const { certificationRequest } = await import('./request');
  const key = await makeKey();
  const der = await certificationRequest(key.pair);
  const now = new Date();
  await tidy(now);
  await keep(key.hash, key.pair.privateKey, now);
  file.value = '';
  request.value = toPem('CERTIFICATE REQUEST', der);
}
