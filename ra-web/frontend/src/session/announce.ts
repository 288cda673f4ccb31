import { keepTexts, restoreTexts } from './texts';

/** What a tab tells the others: when the session ends, and whether that can be put off. */
interface End {
  at: number;
  extendable: boolean;
}

const ANNOUNCED = 20;
const PARTS = ['soon', 'final', 'over', 'left', 'extend', 'close', 'again'];
const CHANNEL = 'kreissiegel-session';

/**
 * Announces the end of the session twenty seconds before, in a dialogue with one button to stay. All tabs know of the
 * latest request of any of them, and of a session that one of them extended.
 */
export function start(element: HTMLElement): void {
  const dialog = element as HTMLDialogElement;
  const part = <T extends HTMLElement>(name: string): T => dialog.querySelector<T>(`[data-role=${name}]`)!;
  const others = new BroadcastChannel(CHANNEL);
  let end: End = endIn(Number(dialog.dataset['seconds']), dialog.dataset['extendable'] === 'true');
  let before: Element | null = null;
  const title = part('title').textContent;
  let dismissed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    clearTimeout(timer);
    const left = Math.ceil((end.at - Date.now()) / 1000);
    if (left <= 0) {
      finish();
    } else if (left <= ANNOUNCED) {
      announce(left);
      timer = setTimeout(look, 1000);
    } else {
      close();
      dismissed = false;
      // A computer that slept is asked again when its page is seen.
      timer = setTimeout(look, Math.min((left - ANNOUNCED) * 1000, 60_000));
    }
  }

  function open(focused: string): void {
    if (!dialog.open) {
      before = document.activeElement;
      dialog.showModal();
    }
    part(focused).focus();
  }

  /** The focus goes back to where the person was. */
  function close(): void {
    if (!dialog.open) return;
    dialog.close();
    if (before instanceof HTMLElement) before.focus();
  }

  function announce(left: number): void {
    part('count').textContent = String(left);
    if (dialog.open || dismissed) return;
    show(end.extendable ? ['soon', 'left', 'extend'] : ['final', 'left', 'close']);
    part('title').textContent = title;
    open(end.extendable ? 'extend' : 'close');
  }

  function show(names: readonly string[]): void {
    for (const name of PARTS) part(name).hidden = !names.includes(name);
  }

  function finish(): void {
    keepTexts();
    show(['over', 'again']);
    part('title').textContent = dialog.dataset['over'] ?? '';
    part<HTMLAnchorElement>('again').href = location.pathname + location.search;
    open('again');
  }

  async function extend(): Promise<void> {
    try {
      const answer = await fetch('/session', { headers: { Accept: 'application/json' } });
      if (!answer.ok || answer.redirected) {
        end = { at: 0, extendable: false };
      } else {
        const { seconds, extendable } = (await answer.json()) as { seconds: number; extendable: boolean };
        end = endIn(seconds, extendable);
        others.postMessage(end);
      }
    } catch {
      // The server can't be reached just now: the count goes on, and the button stays.
    }
    look();
  }

  part('extend').addEventListener('click', () => void extend());
  part('close').addEventListener('click', () => {
    dismissed = true;
    close();
  });
  // Escape says that somebody is there; where nothing can be put off it closes, as the button does.
  dialog.addEventListener('cancel', (event) => {
    if (end.at <= Date.now()) return;
    dismissed = !end.extendable;
    if (end.extendable) {
      event.preventDefault();
      void extend();
    }
  });
  others.addEventListener('message', (event: MessageEvent<End>) => {
    end = event.data;
    look();
  });
  document.addEventListener('visibilitychange', look);
  restoreTexts();
  others.postMessage(end);
  look();
}

function endIn(seconds: number, extendable: boolean): End {
  return { at: Date.now() + seconds * 1000, extendable };
}
