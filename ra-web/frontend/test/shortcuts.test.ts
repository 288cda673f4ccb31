import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { start } from '../src/officer/shortcuts';
import { start as startTemplate } from '../src/officer/template';
import { role, show } from './page';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  show(`
    <div id="page">
      <button data-role="keys-help">help</button>
      <dialog data-role="keys"><input type="checkbox" data-role="keys-on"><button data-role="keys-close">x</button></dialog>
      <table>
        ${['one', 'two']
          .map(
            (name) =>
              `<tr data-role="row"><td><input type="checkbox" data-role="choose" id="${name}-box"></td>` +
              `<td><a href="#" data-role="row-link" id="${name}">${name}</a></td></tr>`,
          )
          .join('')}
      </table>
      <button data-key="a" id="approve">approve</button>
      <textarea data-key="r" id="reason"></textarea>
    </div>`);
  start(document.getElementById('page')!);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function press(key: string, more: Partial<KeyboardEventInit> = {}, on: Element = document.body): Event {
  const View = (window as unknown as { KeyboardEvent: typeof KeyboardEvent }).KeyboardEvent;
  const event = new View('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
}

describe('keys for officers', () => {
  it('go through the rows and stop at the ends', () => {
    press('j');
    expect(document.activeElement?.id).toBe('one');
    press('j');
    press('j');
    expect(document.activeElement?.id).toBe('two');
    press('k');
    expect(document.activeElement?.id).toBe('one');
  });

  it('select the row that has the focus', () => {
    press('x');
    expect(document.querySelectorAll('[data-role=choose]:checked')).toHaveLength(0);
    press('j');
    press('x', {}, document.activeElement!);
    expect((document.getElementById('one-box') as HTMLInputElement).checked).toBe(true);
  });

  it('press a button and go to a field', () => {
    const pressed = vi.fn();
    document.getElementById('approve')!.addEventListener('click', pressed);
    press('a');
    expect(pressed).toHaveBeenCalledOnce();
    expect(press('r').defaultPrevented).toBe(true);
    expect(document.activeElement?.id).toBe('reason');
  });

  it('mean nothing while somebody types, with a modifier, held down, or when they are off', () => {
    const pressed = vi.fn();
    document.getElementById('approve')!.addEventListener('click', pressed);
    press('a', {}, document.getElementById('reason')!);
    press('a', { ctrlKey: true });
    press('a', { altKey: true });
    press('a', { metaKey: true });
    press('a', { repeat: true });
    expect(press('z').defaultPrevented).toBe(false);
    expect(document.getElementById('approve')!.getAttribute('aria-keyshortcuts')).toBe('a');
    const on = role<HTMLInputElement>('keys-on');
    expect(on.checked).toBe(true);
    on.click();
    press('a');
    expect(document.getElementById('approve')!.hasAttribute('aria-keyshortcuts')).toBe(false);
    expect(pressed).not.toHaveBeenCalled();
    expect(kept.get('officer-keys')).toBe('off');
  });
});

describe('a template', () => {
  it('is written where nothing else stands, and overwrites nothing', () => {
    show(`
      <select data-for="text"><option value=""></option><option value="a" data-text="first"></option>
      <option value="b" data-text="second"></option></select><textarea id="text"></textarea>`);
    const select = document.querySelector('select')!;
    const text = document.getElementById('text') as HTMLTextAreaElement;
    const choose = (value: string): void => {
      select.value = value;
      const View = (window as unknown as { Event: typeof Event }).Event;
      select.dispatchEvent(new View('change'));
    };
    startTemplate(select);
    choose('a');
    expect(text.value).toBe('first');
    choose('b');
    expect(text.value).toBe('second');
    text.value = 'my own';
    choose('a');
    expect(text.value).toBe('my own');
  });
});
