// Cuts KERN's typeface into what a page loads at once and what only a rare letter asks for, and writes the style that
// tells browsers which file holds what (`unicode-range`). Whole, a weight has 130 KB.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const from = 'node_modules/@kern-ux/native/dist/fonts/fira-sans';
const to = '../target/frontend/fonts';

// Two weights carry all of our styles: text, and everything that stands out.
const weights = [
  { file: 'FiraSans-Regular', weight: '400' },
  { file: 'FiraSans-SemiBold', weight: '500 900' },
];

// DIN 91379, the letters that German registers write names with, is in the three together. The accents stand with the
// plain letters: a browser joins letter and accent only if one file has both.
const alphabets = {
  latin: [
    [0x20, 0x7e],
    [0xa0, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2bb, 0x2bc],
    [0x300, 0x331],
    [0x1e9e, 0x1e9e],
    [0x2010, 0x2027],
    [0x2030, 0x203a],
    [0x20ac, 0x20ac],
    [0x2190, 0x2193],
    [0x2212, 0x2212],
  ],
  'latin-ext': [
    [0x100, 0x130],
    [0x132, 0x151],
    [0x154, 0x24f],
    [0x2b0, 0x2ba],
    [0x2bd, 0x2ff],
    [0x1e00, 0x1e9d],
    [0x1e9f, 0x1eff],
  ],
  'greek-cyrillic': [
    [0x370, 0x52f],
    [0x1f00, 0x1fff],
  ],
};

// Kerning and accents; no small capitals, no old figures, which no style of ours asks for.
const features = ['ccmp', 'kern', 'locl', 'mark', 'mkmk'];

const hexadecimal = (number) => number.toString(16).toUpperCase();

function lettersOf(ranges) {
  return ranges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)))
    .join('');
}

function rule(name, weight, ranges) {
  const range = ranges.map(([first, last]) => `U+${hexadecimal(first)}-${hexadecimal(last)}`).join(', ');
  return `@font-face {
  font-family: 'Fira Sans';
  src: url('./${name}.woff2') format('woff2');
  font-weight: ${weight};
  font-style: normal;
  font-display: swap;
  unicode-range: ${range};
}
`;
}

mkdirSync(to, { recursive: true });
let style = '';
for (const { file, weight } of weights) {
  const whole = readFileSync(join(from, `${file}.woff2`));
  for (const [alphabet, ranges] of Object.entries(alphabets)) {
    const name = `${file}-${alphabet}`;
    const part = await subsetFont(whole, lettersOf(ranges), { targetFormat: 'woff2', keepFeatures: features });
    writeFileSync(join(to, `${name}.woff2`), part);
    style += rule(name, weight, ranges);
  }
}
writeFileSync(join(to, 'fonts.css'), style);
