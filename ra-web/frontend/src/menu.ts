/** The navigation on a narrow screen: a button that shows and hides it. */
export function start(button: HTMLElement): void {
  const menu = document.getElementById(button.getAttribute('aria-controls') ?? '');
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    menu?.classList.toggle('is-open', open);
  });
}
