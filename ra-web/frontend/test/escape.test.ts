import { describe, expect, it } from 'vitest';
import { keyfile, openvpn, plain, powershell, swan, xml } from '../src/device/escape';
import { seeded } from './officer';

const NASTY = [..."'\"\\<>&;:=[](){}$`#%!|^~,/ \t\n\r\u0000\u0085\u2028\u2019‚‛„ä€ß😀\ud800\ufffe]]>--", 's', 'n', 'Remove-Item'];
const SEED = 20261129;

/** Reads what was written, as the format's own readers do. */
const readers: Record<string, readonly [(value: string) => string, (text: string) => string | undefined]> = {
  xml: [xml, (text) => (/[<>\n]/.test(text) ? undefined : text.replace(/&(lt|gt|amp);/g, (_, name) => ENTITIES[name]!))],
  keyfile: [
    keyfile,
    (text) => (/\n/.test(text) || text !== text.trim() ? undefined : text.replace(/\\(.)/g, (_, c) => (c === 's' ? ' ' : c))),
  ],
  powershell: [powershell, (text) => inQuotes(text, /^'((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'$/, /(['\u2018-\u201b])\1/g)],
  swan: [swan, (text) => inQuotes(text, /^"((?:[^"\\\n]|\\.)*)"$/, /\\(.)/g)],
  openvpn: [openvpn, (text) => inQuotes(text, /^"((?:[^"\\\n]|\\.)*)"$/, /\\(.)/g)],
};

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&' };

function inQuotes(text: string, form: RegExp, escaped: RegExp): string | undefined {
  return form.exec(text)?.[1]?.replace(escaped, '$1');
}

describe.each(Object.keys(readers))('a value of %s', (format) => {
  const [write, read] = readers[format]!;

  it('comes back as it was, and is never more than a value', () => {
    const random = seeded(SEED);
    for (let round = 0; round < 2_000; round++) {
      const value = Array.from({ length: random(12) }, () => NASTY[random(NASTY.length)]).join('');
      const expected = format === 'xml' ? plain(value).replace(/[\ufffe\uffff]/g, ' ') : plain(value);
      expect(read(write(value)), `seed ${SEED}, ${JSON.stringify(value)}`).toBe(expected);
    }
  });
});

it('lets no control character through', () => {
  expect(plain('a\u0000b\nc\u2028d\u0085e')).toBe('a b c d e');
});
