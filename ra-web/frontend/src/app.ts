import '../../target/frontend/fonts/fonts.css';
import './style/app.scss';
import * as confirm from './confirm';
import * as apply from './key/form';
import * as menu from './menu';
import * as approve from './officer/approve';
import * as keys from './officer/shortcuts';
import * as template from './officer/template';
import * as session from './session/announce';

interface Part {
  start(element: HTMLElement): void;
}

// Each part of a page that does more than HTML names it in `data-part`. Those that somebody may click at once are
// started with the page; the large one is loaded when met.
const parts: Record<string, Part> = {
  apply,
  approve,
  confirm,
  keys,
  menu,
  template,
  session,
  collect: { start: (element) => void import('./collect/panel').then((panel) => panel.start(element)) },
  'passkey-login': { start: (element) => void import('./passkey/login').then((login) => login.start(element)) },
  'passkey-register': {
    start: (element) => void import('./passkey/register').then((register) => register.start(element)),
  },
  'passkey-approve': { start: (element) => void import('./passkey/approve').then((approve) => approve.start(element)) },
  handover: { start: (element) => void import('./handover/phone').then((phone) => phone.start(element)) },
  'officer-key': { start: (element) => void import('./officer/key').then((key) => key.start(element)) },
};

document.documentElement.classList.add('js');
for (const element of document.querySelectorAll<HTMLElement>('[data-part]')) {
  parts[element.dataset['part'] ?? '']?.start(element);
}
// A page with an error message begins there, for eyes and screen readers alike.
document.querySelector<HTMLElement>('[data-focus]')?.focus();
