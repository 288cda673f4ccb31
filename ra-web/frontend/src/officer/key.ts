import { keyPanel } from './panel';

/**
 * Where an officer takes their certificate: whether its key is in this browser, taking it in from a file, and
 * throwing it away.
 */
export function start(section: HTMLElement): void {
  const here = section.querySelector<HTMLElement>('[data-role=key-here]')!;
  const forget = section.querySelector<HTMLButtonElement>('[data-role=forget]')!;
  here.tabIndex = -1;
  const panel = keyPanel(section, () => here.focus());

  forget.addEventListener('click', () => {
    forget.disabled = true;
    void panel
      .forget()
      .then(
        () => {
          panel.say(section.dataset['forgotten']);
          panel.askForKey();
        },
        (problem: unknown) => {
          console.error(problem);
          panel.say(section.dataset['failed']);
        },
      )
      .finally(() => (forget.disabled = false));
  });
}
