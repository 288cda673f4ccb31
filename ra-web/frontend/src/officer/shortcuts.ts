const KEPT = 'officer-keys';
const OFF = 'off';

/**
 * Single keys for who decides all day: what has `data-key` is pressed, or gets the focus if it is no button or link;
 * `j` and `k` go through the rows, `x` selects one, `?` shows what there is. They can be switched off, and do nothing
 * while somebody types, with a modifier held, or over a dialog.
 */
export function start(page: HTMLElement): void {
  const dialog = page.querySelector<HTMLDialogElement>('[data-role=keys]');
  const on = page.querySelector<HTMLInputElement>('[data-role=keys-on]');
  const help = (): void => dialog?.showModal();
  page.querySelector('[data-role=keys-help]')?.addEventListener('click', help);
  page.querySelector('[data-role=keys-close]')?.addEventListener('click', () => dialog?.close());
  const show = (): void => {
    const active = isOn();
    if (on !== null) {
      on.checked = active;
    }
    for (const element of page.querySelectorAll<HTMLElement>('[data-key]')) {
      if (active) {
        element.setAttribute('aria-keyshortcuts', element.dataset['key'] ?? '');
      } else {
        element.removeAttribute('aria-keyshortcuts');
      }
    }
  };
  on?.addEventListener('change', () => {
    keep(on.checked);
    show();
  });
  show();

  document.addEventListener('keydown', (event) => {
    if (!isOn() || !isPlain(event) || isTyping(event.target) || dialog?.open === true) {
      return;
    }
    if (press(page, event.key, help)) {
      event.preventDefault();
    }
  });
}

/** Whether the key meant something here. */
function press(page: HTMLElement, key: string, help: () => void): boolean {
  switch (key) {
    case '?':
      help();
      return true;
    case 'j':
      return step(page, 1);
    case 'k':
      return step(page, -1);
    case 'x':
      return choose(page);
    default:
      return use([...page.querySelectorAll<HTMLElement>('[data-key]')].find((one) => one.dataset['key'] === key));
  }
}

function use(element: HTMLElement | undefined): boolean {
  if (element === undefined) {
    return false;
  }
  element.focus();
  if (element.matches('button, a[href]')) {
    element.click();
  }
  return true;
}

/** To the next or the previous row; from nowhere to the first or the last. */
function step(page: HTMLElement, by: 1 | -1): boolean {
  const links = [...page.querySelectorAll<HTMLElement>('[data-role=row-link]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? links.at(by === 1 ? 0 : -1) : links[at + by];
  next?.focus();
  next?.scrollIntoView?.({ block: 'nearest' });
  return links.length > 0;
}

function choose(page: HTMLElement): boolean {
  const row = [...page.querySelectorAll<HTMLElement>('[data-role=row]')].find((one) =>
    one.contains(document.activeElement),
  );
  const box = row?.querySelector<HTMLInputElement>('[data-role=choose]');
  box?.click();
  return box !== null && box !== undefined;
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement> | null;
  return (
    element?.isContentEditable === true ||
    element?.matches?.('textarea, select, input:not([type=checkbox], [type=radio], [type=button])') === true
  );
}

function isOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== OFF;
  } catch {
    return true; // A browser that keeps nothing.
  }
}

function keep(active: boolean): void {
  try {
    if (active) {
      localStorage.removeItem(KEPT);
    } else {
      localStorage.setItem(KEPT, OFF);
    }
  } catch {
    // Then it is so until the next page.
  }
}
