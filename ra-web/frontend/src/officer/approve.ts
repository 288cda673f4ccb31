import { toBase64 } from '../encoding';
import type { Signer } from './keys';
import type { KeyPanel } from './panel';
import type { SecurityKey } from './securityKey';
import { ChangedMeanwhile, Refused, statementAsRead } from './statement';

/**
 * The form by which an officer approves: takes the statements fresh from the server, one for each part of an order,
 * signs them with the officer's key and sends the signatures along, all or none. It watches the form from the beginning; what signs is loaded meanwhile.
 */
export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const parts = [...(form.dataset['statement'] === undefined ? [] : [form]), ...statementsIn(form)];
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]')!;
  const status = form.querySelector<HTMLElement>('[data-role=status]')!;
  const panel: Promise<KeyPanel> = import('./panel').then(({ keyPanel }) => keyPanel(form, () => button.focus()));
  panel.catch((problem: unknown) => console.error(problem)); // Said when somebody wants to sign.

  const signed = async (): Promise<boolean> => {
    const keys = await panel;
    const signer = await keys.signer();
    const securityKeys = keys.securityKeys;
    if (signer === undefined && securityKeys.length === 0) {
      status.textContent = form.dataset['noKey'] ?? '';
      keys.askForKey();
      return false;
    }
    const signatures: string[] = [];
    for (const part of parts) {
      signatures.push(toBase64(await (signer === undefined ? confirmed(part, securityKeys) : sign(part, signer))));
    }
    parts.forEach((part, index) => (signatureIn(part).value = signatures[index]!));
    return true;
  };

  let busy = false;
  const rest = (): void => {
    busy = false;
    button.disabled = false;
    parts.forEach((part) => (signatureIn(part).value = ''));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    button.disabled = true;
    status.textContent = form.dataset['signing'] ?? '';
    void signed().then(
      (done) => (done ? form.submit() : rest()),
      (problem: unknown) => {
        rest();
        status.textContent = textFor(problem, form) ?? '';
        button.focus();
      },
    );
  });
  // When the browser goes back to this page, it shows it as it was left.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      rest();
      status.textContent = '';
    }
  });
}

/** What is signed: each says where its statement is, and holds the lines that the officer reads. */
function statementsIn(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-statement]')];
}

function signatureIn(part: HTMLElement): HTMLInputElement {
  return part.querySelector<HTMLInputElement>('input[name=signature]')!;
}

async function sign(part: HTMLElement, { certificate, key }: Signer): Promise<ArrayBuffer> {
  const { officerMessage, APPROVAL_STATEMENT, RELEASE_STATEMENT } = await import('./message');
  const content = part.dataset['content'] === 'release' ? RELEASE_STATEMENT : APPROVAL_STATEMENT;
  return officerMessage(await statementOf(part), certificate, key, content);
}

/** Each statement by itself: a security key signs one thing at a time. */
async function confirmed(part: HTMLElement, keys: readonly SecurityKey[]): Promise<ArrayBuffer> {
  const { approvedByKey } = await import('./securityKey');
  return approvedByKey(await statementOf(part), keys);
}

function statementOf(part: HTMLElement): Promise<ArrayBuffer> {
  const shown = part.querySelector('[data-role=lines]') ?? document.querySelector('[data-role=lines]');
  return statementAsRead(part.dataset['statement'] ?? '', shown);
}

function textFor(problem: unknown, form: HTMLFormElement): string | undefined {
  if (problem instanceof Refused) {
    return problem.message;
  }
  console.error(problem);
  if (problem instanceof DOMException && problem.name === 'NotAllowedError') {
    return form.dataset['stopped']; // nobody confirmed, or the time was over
  }
  return (problem instanceof ChangedMeanwhile ? form.dataset['changed'] : undefined) ?? form.dataset['failed'];
}
