import { open } from './envelope';

const ALL = ['form', 'wrong', 'gone', 'broken', 'there'] as const;

/** On the phone: fetches the file by its code and decrypts it by the key in the address. */
export function start(panel: HTMLElement): void {
  const part = <T extends HTMLElement>(role: string): T => panel.querySelector<T>(`[data-role=${role}]`)!;
  const form = part<HTMLFormElement>('form');
  const show = (...roles: readonly (typeof ALL)[number][]): void =>
    ALL.forEach((role) => (part(role).hidden = !roles.includes(role)));
  // Kept here, so that it stands neither in the address bar nor in the history.
  const key = location.hash.slice(1);
  history.replaceState(null, '', location.pathname + location.search);
  document.querySelectorAll<HTMLAnchorElement>('a[hreflang]').forEach((language) => (language.hash = key));

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void collect().catch((cause: unknown) => {
      console.error(cause);
      show('broken');
    });
  });
  if (key === '') {
    show('broken');
  }

  async function collect(): Promise<void> {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
    if (answer.status === 422) {
      show('form', 'wrong');
      return;
    }
    if (!answer.ok) {
      show('gone');
      return;
    }
    const { sealed } = (await answer.json()) as { sealed: string };
    const file = await open({ sealed, key });
    const link = part<HTMLAnchorElement>('file');
    link.href = URL.createObjectURL(new Blob([file.content], { type: file.type }));
    link.download = file.name;
    show('there');
    part('heading').focus();
  }
}
