import type { DeviceFile } from '../device/bundle';
import { type Choice, choices, deviceHere } from '../device/choice';
import { Desk } from '../handover/desk';
import { fetchKey } from '../key/safe';
import { bundleOf, deliveryOf, type Wanted } from './taken';

/** Files that say that nobody signed them when they are opened. */
const UNSIGNED = 'apple';

/**
 * Where an applicant takes their certificates: looks for the keys in this browser, and makes the file of a device
 * here, of all certificates of an order. The password is made here, shown here, and sent nowhere.
 */
export function start(panel: HTMLElement): void {
  const page = new Panel(panel);
  page.look().catch((cause: unknown) => page.fail(cause));
}

class Panel {
  private readonly wanted: readonly Wanted[];
  private readonly stem: string;
  private readonly desk: Desk;

  constructor(private readonly panel: HTMLElement) {
    this.stem = (panel.dataset['file'] ?? 'certificate').replace(/[^A-Za-z0-9._-]/g, '_');
    this.wanted = this.all('entry').map(({ dataset }) => ({
      keyHash: dataset['keyHash'] ?? '',
      address: dataset['address'] ?? '',
      name: dataset['name'] ?? '',
    }));
    // Of an order any certificate will do: all are the same person's.
    this.desk = new Desk(this.part('handover'), this.wanted[0]?.address ?? '', (cause) => this.fail(cause));
    this.part('copy').addEventListener('click', () => this.copy());
  }

  async look(): Promise<void> {
    const keys = await Promise.all(this.wanted.map(({ keyHash }) => fetchKey(keyHash)));
    if (!keys.includes(undefined)) {
      await this.offer();
    }
    this.part(keys.includes(undefined) ? 'no-key' : 'has-key').hidden = false;
    this.part('looking').hidden = true;
  }

  /** Shows a card for each file that can be made, that for this device first. */
  private async offer(): Promise<void> {
    const deliveries = await Promise.all(this.wanted.map(deliveryOf));
    const list = this.part('devices');
    const cards = this.all('device');
    const here = deviceHere(navigator.userAgent);
    const made = choices(deliveries.map((delivery) => ({ delivery }))).flatMap((choice) => {
      const template = cards.find(({ dataset }) => dataset['device'] === choice.device);
      return template === undefined ? [] : [this.card(template, choice, choice.device === here)];
    });
    made.sort((one, other) => Number(other.here) - Number(one.here));
    list.replaceChildren(...made.map(({ card }) => card));
    this.part('old').hidden = !deliveries.every(({ compatible }) => compatible);
  }

  private card(template: HTMLElement, choice: Choice, here: boolean) {
    const card = template.cloneNode(true) as HTMLElement;
    card.hidden = false;
    card.querySelector<HTMLElement>('[data-role=here]')!.hidden = !here;
    card.querySelector('[data-role=service]')!.textContent = choice.service === '' ? '' : ` – ${choice.service}`;
    const button = card.querySelector<HTMLButtonElement>('[data-role=make]')!;
    if (choice.service !== '') {
      button.setAttribute('aria-label', `${button.getAttribute('aria-label') ?? ''} – ${choice.service}`);
    }
    if (here) {
      button.classList.replace('kern-btn--secondary', 'kern-btn--primary');
    }
    button.addEventListener('click', () => void this.make(choice, button));
    return { card, here };
  }

  private async make(choice: Choice, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.part('problem').hidden = true;
    try {
      const bundle = await bundleOf(this.wanted, this.stem, this.part<HTMLInputElement>('compatible').checked);
      const file = await choice.make(bundle);
      save(file);
      this.show(choice, file, bundle.password);
    } catch (cause) {
      this.fail(cause);
    } finally {
      button.disabled = false;
    }
  }

  private show(choice: Choice, file: DeviceFile, password: string): void {
    this.part<HTMLInputElement>('password').value = password;
    this.part('copied').textContent = '';
    this.part('file-name').textContent = file.name;
    this.part('unsigned').hidden = choice.device !== UNSIGNED;
    this.all('steps').forEach((steps) => (steps.hidden = steps.dataset['device'] !== choice.device));
    const { phone } = this.all('steps').find(({ hidden }) => !hidden)?.dataset ?? {};
    this.desk.offer(phone === 'true' ? file : undefined);
    this.part('result').hidden = false;
    this.part('done').focus();
  }

  private copy(): void {
    const field = this.part<HTMLInputElement>('password');
    field.select();
    void navigator.clipboard.writeText(field.value).then(() => {
      this.part('copied').textContent = this.panel.dataset['copied'] ?? '';
    });
  }

  fail(cause: unknown): void {
    console.error(cause);
    this.part('problem').hidden = false;
  }

  private part<T extends HTMLElement>(role: string): T {
    return this.panel.querySelector<T>(`[data-role=${role}]`)!;
  }

  private all(role: string): HTMLElement[] {
    return [...this.panel.querySelectorAll<HTMLElement>(`[data-role=${role}]`)];
  }
}

function save(file: DeviceFile): void {
  const address = URL.createObjectURL(new Blob([file.content], { type: file.type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
