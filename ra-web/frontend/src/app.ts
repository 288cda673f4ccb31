import './style/app.scss';

// Each part of a page that does more than HTML names it in `data-part`. The large ones are loaded when met.
const parts: Record<string, () => Promise<{ start(element: HTMLElement): void }>> = {
  apply: () => import('./key/form'),
  collect: () => import('./collect/panel'),
  confirm: () => import('./confirm'),
  menu: () => import('./menu'),
};

document.documentElement.classList.add('js');
for (const element of document.querySelectorAll<HTMLElement>('[data-part]')) {
  void parts[element.dataset['part'] ?? '']?.().then((part) => part.start(element));
}
// A page with an error message begins there, for eyes and screen readers alike.
document.querySelector<HTMLElement>('[data-focus]')?.focus();
