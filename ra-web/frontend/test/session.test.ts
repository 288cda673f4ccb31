import { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { start } from '../src/session/announce';

const MINUTES = 60_000;

let server: Mock<typeof fetch>;
let channels: Channel[];

/** What one tab says, all others hear, as in one browser. */
class Channel {
  private listener: (event: { data: unknown }) => void = () => undefined;

  constructor() {
    channels.push(this);
  }

  addEventListener(_: string, listener: (event: { data: unknown }) => void): void {
    this.listener = listener;
  }

  postMessage(data: unknown): void {
    channels.filter((channel) => channel !== this).forEach((channel) => channel.listener({ data }));
  }
}

/** A tab with a page on which somebody writes. */
class Tab {
  readonly window = new Window({ url: 'https://pki.example/inbox/17?page=2' });

  constructor(seconds: number, extendable = true) {
    const parts = ['soon', 'final', 'over', 'left', 'count', 'title'].map((name) => `<p data-role="${name}"></p>`);
    this.window.document.body.innerHTML = `
      <textarea name="reason">as it was</textarea><textarea name="note"></textarea><input name="code">
      <dialog data-seconds="${seconds}" data-extendable="${extendable}" data-over="over">${parts.join('')}
        <button data-role="extend"></button><button data-role="close"></button><a data-role="again"></a></dialog>`;
    this.open();
  }

  /** Its page begins, as if loaded. */
  open(): void {
    vi.stubGlobal('document', this.window.document);
    vi.stubGlobal('HTMLElement', this.window.HTMLElement);
    vi.stubGlobal('location', this.window.location);
    vi.stubGlobal('sessionStorage', this.window.sessionStorage);
    start(this.dialog as unknown as HTMLElement);
  }

  get dialog() {
    return this.window.document.querySelector('dialog')!;
  }

  role(name: string) {
    return this.window.document.querySelector(`[data-role=${name}]`) as unknown as HTMLElement;
  }

  field(name: string) {
    return this.window.document.querySelector(`[name=${name}]`) as unknown as HTMLTextAreaElement;
  }
}

beforeEach(() => {
  channels = [];
  vi.useFakeTimers();
  vi.stubGlobal('BroadcastChannel', Channel);
  server = vi.fn<typeof fetch>(async () => Response.json({ seconds: 1800, extendable: true }));
  vi.stubGlobal('fetch', server);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the end of a session', () => {
  it('is announced twenty seconds before, and not sooner', async () => {
    const tab = new Tab(1800);
    await vi.advanceTimersByTimeAsync(1779 * 1000);
    expect(tab.dialog.open).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(tab.dialog.open).toBe(true);
    expect(tab.role('count').textContent).toBe('20');
    expect(tab.role('extend').hidden).toBe(false);
    expect(tab.window.document.activeElement).toBe(tab.role('extend'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(tab.role('count').textContent).toBe('15');
  });

  it('is put off by one button, after which it is announced anew', async () => {
    const tab = new Tab(1800);
    tab.field('note').focus();
    await vi.advanceTimersByTimeAsync(1785 * 1000);
    tab.role('extend').click();
    await vi.advanceTimersByTimeAsync(0);
    expect(server).toHaveBeenCalledOnce();
    expect(tab.dialog.open).toBe(false);
    expect(tab.window.document.activeElement).toBe(tab.field('note'));
    await vi.advanceTimersByTimeAsync(29 * MINUTES);
    expect(tab.dialog.open).toBe(false);
    await vi.advanceTimersByTimeAsync(40 * 1000);
    expect(tab.dialog.open).toBe(true);
  });

  it('is put off in all tabs by one of them, and by a page that another opens', async () => {
    const first = new Tab(1800);
    const second = new Tab(1800);
    await vi.advanceTimersByTimeAsync(1790 * 1000);
    expect(first.dialog.open && second.dialog.open).toBe(true);
    second.role('extend').click();
    await vi.advanceTimersByTimeAsync(0);
    expect(first.dialog.open || second.dialog.open).toBe(false);
    await vi.advanceTimersByTimeAsync(25 * MINUTES);
    new Tab(1800);
    await vi.advanceTimersByTimeAsync(20 * MINUTES);
    expect(first.dialog.open || second.dialog.open).toBe(false);
  });

  it('keeps what was written for the page after the next log-in, once', async () => {
    const tab = new Tab(60);
    tab.field('reason').value = 'half a sentence';
    tab.field('code').value = '123456';
    await vi.advanceTimersByTimeAsync(61 * 1000);
    expect(tab.role('over').hidden).toBe(false);
    expect(tab.role('extend').hidden).toBe(true);
    expect((tab.role('again') as HTMLAnchorElement).href).toContain('/inbox/17?page=2');
    expect(tab.window.sessionStorage.getItem('kreissiegel-texts:/inbox/17')).toBe('{"reason":"half a sentence"}');
    tab.field('reason').value = 'as it was';
    tab.open();
    expect(tab.field('reason').value).toBe('half a sentence');
    expect(tab.window.sessionStorage.length).toBe(0);
  });

  it('is told where nothing puts it off', async () => {
    const tab = new Tab(100, false);
    await vi.advanceTimersByTimeAsync(81 * 1000);
    expect(tab.role('final').hidden).toBe(false);
    expect(tab.role('extend').hidden).toBe(true);
    tab.role('close').click();
    await vi.advanceTimersByTimeAsync(5000);
    expect(tab.dialog.open).toBe(false);
    await vi.advanceTimersByTimeAsync(15 * 1000);
    expect(tab.role('over').hidden).toBe(false);
  });

  it('has come where the server knows the session no more', async () => {
    const tab = new Tab(60);
    server.mockResolvedValue(Object.defineProperty(new Response('<html>'), 'redirected', { value: true }));
    await vi.advanceTimersByTimeAsync(45 * 1000);
    tab.role('extend').click();
    await vi.advanceTimersByTimeAsync(0);
    expect(tab.role('over').hidden).toBe(false);
  });

  it('can still be put off when the server could not be reached once', async () => {
    const tab = new Tab(60);
    server.mockRejectedValueOnce(new TypeError('network'));
    await vi.advanceTimersByTimeAsync(45 * 1000);
    tab.role('extend').click();
    await vi.advanceTimersByTimeAsync(1000);
    expect(tab.dialog.open).toBe(true);
    tab.role('extend').click();
    await vi.advanceTimersByTimeAsync(0);
    expect(tab.dialog.open).toBe(false);
  });
});
