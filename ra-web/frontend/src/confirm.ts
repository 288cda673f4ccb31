/** A form whose button may be pressed once: a second click sends nothing. */
export function start(form: HTMLElement): void {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) {
      // After the browser has collected the form's data, or the button's own value would be lost.
      setTimeout(() => (button.disabled = true));
    }
  });
  window.addEventListener('pageshow', () => {
    for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) {
      button.disabled = false;
    }
  });
}
