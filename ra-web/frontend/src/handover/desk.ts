import type { DeviceFile } from '../device/bundle';
import { fromBase64 } from '../encoding';
import { seal } from './envelope';
import { qrPicture } from './qr';

interface Offered {
  readonly address: string;
  readonly code: string;
  readonly until: string;
}

/** At the desk: leaves a file with the server, encrypted, and shows how the phone gets it. */
export class Desk {
  private file: DeviceFile | undefined;

  /**
   * @param address of the certificate's page
   * @param fail hears what went wrong
   */
  constructor(
    private readonly panel: HTMLElement,
    private readonly address: string,
    fail: (cause: unknown) => void,
  ) {
    const button = this.part<HTMLButtonElement>('hand-over');
    button.addEventListener('click', () => {
      button.disabled = true;
      this.handOver().catch(fail).finally(() => (button.disabled = false));
    });
  }

  /** Offers to hand a file over; undefined: nothing. */
  offer(file: DeviceFile | undefined): void {
    this.file = file;
    this.part('handed').hidden = true;
    this.panel.hidden = file === undefined;
  }

  private async handOver(): Promise<void> {
    const file = this.file;
    if (file === undefined) {
      return;
    }
    const { sealed, key } = await seal(file);
    const token = String(new FormData(this.part<HTMLFormElement>('token')).get('_csrf') ?? '');
    const answer = await fetch(`${this.address}/handover`, {
      method: 'POST',
      body: fromBase64(sealed),
      headers: { 'Content-Type': 'application/octet-stream', 'X-CSRF-TOKEN': token },
      credentials: 'same-origin',
    });
    if (!answer.ok) {
      throw new Error(`the file cannot be handed over: ${answer.status}`);
    }
    if (file === this.file) {
      this.show((await answer.json()) as Offered, key);
    }
  }

  private show({ address, code, until }: Offered, key: string): void {
    const whole = `${new URL(address, location.href).href}#${key}`;
    this.part('picture').replaceChildren(qrPicture(whole));
    this.part('handover-code').textContent = code.replace(/^(.{3})/, '$1 ');
    this.part('until').textContent = until;
    this.part<HTMLAnchorElement>('link').href = whole;
    this.part('handed').hidden = false;
  }

  private part<T extends HTMLElement>(role: string): T {
    return this.panel.querySelector<T>(`[data-role=${role}]`)!;
  }
}
