import { fromBER, type Sequence } from 'asn1js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex } from '../src/encoding';
import { officerMessage } from '../src/officer/message';
import { KINDS, octets, signerOf } from './officer';

/** What the vault's `BrowserMessageTest` reads. */
const KEPT = '../../hsm-adapter/src/test/resources/de/kreissiegel/hsm/approval/browser';
/** From where it is copied when the shape changes; `fixtures/README.md` says so too. */
const FRESH = '../target/officer-messages';

/** All but the signature's value, which is another one each time; it is the last value in the message. */
function shape(message: ArrayBuffer): string {
  const inside = (block: unknown, index: number): unknown => (block as Sequence).valueBlock.value.at(index);
  const signedData = inside(inside(fromBER(message).result, 1), 0);
  const signer = inside(inside(signedData, -1), 0) as Sequence;
  const parts = [...(signedData as Sequence).valueBlock.value.slice(0, -1), ...signer.valueBlock.value.slice(0, -1)];
  return parts.map((part) => toHex(part.valueBeforeDecodeView.slice().buffer)).join('\n');
}

describe('the messages that the vault’s tests read', () => {
  it.each(KINDS)('are as this browser’s code makes them: %s', async (kind) => {
    const { certificate, key } = await signerOf(kind);
    const fresh = await officerMessage(octets(`${KEPT}/statement.der`), certificate, key);
    mkdirSync(FRESH, { recursive: true });
    writeFileSync(`${FRESH}/${kind}.der`, new Uint8Array(fresh));

    expect(shape(octets(`${KEPT}/${kind}.der`)), `copy ${FRESH}/*.der to ${KEPT}`).toBe(shape(fresh));
  });
});
