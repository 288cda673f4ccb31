import { assertion, requestOptions } from './json';
import { post } from './server';

/** The button that logs somebody in by a passkey. Without WebAuthn it stays hidden. */
export function start(element: HTMLElement): void {
  if (!('PublicKeyCredential' in window)) {
    return;
  }
  element.hidden = false;
  const button = element.querySelector<HTMLButtonElement>('button')!;
  const status = element.querySelector<HTMLElement>('[data-role=status]')!;
  const say = (word: string): void => void (status.textContent = element.dataset[word] ?? '');
  button.addEventListener('click', () => {
    button.disabled = true;
    say('asking');
    void logIn().then(
      (onward) => (onward === undefined ? say('refused') : location.assign(onward)),
      // The browser says one thing for all: no passkey for this site, none chosen, PIN not given, time over.
      (problem: unknown) => say(problem instanceof DOMException ? 'stopped' : 'failed'),
    ).finally(() => (button.disabled = false));
  });
}

/** Where to go on; undefined if the server doesn't take the passkey. */
async function logIn(): Promise<string | undefined> {
  const options = await post('/webauthn/authenticate/options');
  if (options === undefined) {
    throw new Error('no options');
  }
  const credential = await navigator.credentials.get({ publicKey: requestOptions(options) });
  const answer = await post('/login/webauthn', assertion(credential as PublicKeyCredential));
  const onward = answer === undefined ? undefined : new URL(String(answer['redirectUrl']), location.href);
  return onward?.origin === location.origin ? onward.href : onward && '/';
}
