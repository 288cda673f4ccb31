import { creationOptions, registration } from './json';
import { post } from './server';

/** The form that registers a passkey: its holder gives it a name, and the browser does the rest. */
export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>('button')!;
  const label = form.querySelector<HTMLInputElement>('input[name=label]')!;
  const status = form.querySelector<HTMLElement>('[data-role=status]')!;
  const say = (word: string): void => void (status.textContent = form.dataset[word] ?? '');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!('PublicKeyCredential' in window)) {
      say('unable');
      return;
    }
    button.disabled = true;
    say('asking');
    void register(label.value).then(
      (done) => (done ? location.assign('/passkeys?added=yes') : say('refused')),
      (problem: unknown) => say(wordFor(problem)),
    ).finally(() => (button.disabled = false));
  });
}

async function register(label: string): Promise<boolean> {
  const options = await post('/webauthn/register/options');
  if (options === undefined) {
    return false;
  }
  const credential = await navigator.credentials.create({ publicKey: creationOptions(options) });
  const publicKey = { label, credential: registration(credential as PublicKeyCredential) };
  return (await post('/webauthn/register', { publicKey })) !== undefined;
}

function wordFor(problem: unknown): string {
  if (!(problem instanceof DOMException)) {
    return 'failed';
  }
  return problem.name === 'InvalidStateError' ? 'there' : 'stopped';
}
