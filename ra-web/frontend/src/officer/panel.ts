import { fromBase64 } from '../encoding';
import { readCertificate, type OfficerCertificate } from './certificate';
import { findSigner, forgetSigners, keepSigner, type Signer } from './keys';
import { securityKeysIn, type SecurityKey } from './securityKey';

/** What the parts for officers share: whether one of their keys is in this browser, and how it gets there. */
export interface KeyPanel {
  /** The key in this browser, once it has been looked for. */
  signer(): Promise<Signer | undefined>;
  /** What else the officer may approve by. */
  readonly securityKeys: readonly SecurityKey[];
  /** Throws the officer's keys away. */
  forget(): Promise<void>;
  /** Moves the focus to where a key is taken in. */
  askForKey(): void;
  say(text: string | undefined): void;
}

/**
 * Brings the roles in that part of the page to life: `certificate` items, `key-here`, `key-missing`, `key-file`,
 * `key-password`, `import`, `status`, and where there are such `security-key` items and `security-key-here`. Texts come from its data attributes.
 *
 * @param imported called when a key has been taken in; it decides where the focus goes
 */
export function keyPanel(root: HTMLElement, imported: () => void): KeyPanel {
  const part = <T extends HTMLElement>(role: string): T => root.querySelector<T>(`[data-role=${role}]`)!;
  const file = part<HTMLInputElement>('key-file');
  const password = part<HTMLInputElement>('key-password');
  const button = part<HTMLButtonElement>('import');
  const say = (text: string | undefined): void => {
    part('status').textContent = text ?? '';
  };
  const securityKeys = securityKeysIn(root);
  const show = (signer: Signer | undefined): Signer | undefined => {
    part('key-here').hidden = signer === undefined;
    part('key-missing').hidden = signer !== undefined || securityKeys.length > 0;
    root.querySelector<HTMLElement>('[data-role=security-key-here]')?.toggleAttribute('hidden', signer !== undefined);
    return signer;
  };

  const certificates = certificatesIn(root);
  let signer = certificates.then(findSigner).catch((problem: unknown) => {
    // A browser that keeps nothing can still be given the key each time.
    console.error(problem);
    return undefined;
  });
  void signer.then(show);

  const takeIn = async (): Promise<void> => {
    const chosen = file.files?.[0];
    const secret = password.value;
    password.value = '';
    if (chosen === undefined) {
      file.focus();
      return;
    }
    button.disabled = true;
    say(root.dataset['importing']);
    const outcome = await importFrom(chosen, secret, await certificates);
    button.disabled = false;
    if (typeof outcome === 'string') {
      say(textFor(root, outcome));
      (outcome === 'wrong-password' ? password : file).focus();
      return;
    }
    file.value = '';
    signer = Promise.resolve(outcome);
    show(outcome);
    say(root.dataset['imported']);
    imported();
  };
  button.addEventListener('click', () => void takeIn());
  password.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault(); // or it would send the form around it
      button.click();
    }
  });

  return {
    signer: () => signer,
    securityKeys,
    forget: async () => {
      await forgetSigners(await certificates);
      signer = Promise.resolve(undefined);
      show(undefined);
    },
    askForKey: () => file.focus(),
    say,
  };
}

/** Those of the officer's certificates that can be signed with here, newest first. */
async function certificatesIn(root: HTMLElement): Promise<OfficerCertificate[]> {
  const certificates: OfficerCertificate[] = [];
  for (const item of root.querySelectorAll<HTMLElement>('[data-role=certificate]')) {
    try {
      certificates.push(await readCertificate(fromBase64(item.dataset['certificate'] ?? '')));
    } catch (problem) {
      console.error(problem); // The others may do.
    }
  }
  return certificates;
}

type Failure = 'wrong-password' | 'wrong-file' | 'other-key' | 'failed';

async function importFrom(
  file: File,
  password: string,
  certificates: readonly OfficerCertificate[],
): Promise<Signer | Failure> {
  try {
    // The large part, loaded only when it is needed.
    const { LARGEST_FILE, OtherKey, signerFrom, UnreadableKeyFile, WrongPassword } = await import('./import');
    const problems: readonly [new () => Error, Failure][] = [
      [WrongPassword, 'wrong-password'],
      [UnreadableKeyFile, 'wrong-file'],
      [OtherKey, 'other-key'],
    ];
    try {
      if (file.size > LARGEST_FILE) {
        return 'wrong-file';
      }
      const signer = await signerFrom(await file.arrayBuffer(), password, certificates);
      await keepSigner(signer);
      return signer;
    } catch (problem) {
      const known = problems.find(([kind]) => problem instanceof kind);
      if (known === undefined) {
        throw problem;
      }
      return known[1]; // Somebody's slip, which the page tells; nothing for whoever reads the console.
    }
  } catch (problem) {
    console.error(problem);
    return 'failed';
  }
}

/** The page may word a wrong password on its own; if it doesn't, it is a file that can't be opened. */
function textFor(root: HTMLElement, failure: Failure): string | undefined {
  const texts = {
    'wrong-password': root.dataset['wrongPassword'] ?? root.dataset['wrongFile'],
    'wrong-file': root.dataset['wrongFile'],
    'other-key': root.dataset['otherKey'],
    failed: root.dataset['failed'],
  };
  return texts[failure];
}
