import { toBase64 } from '../encoding';
import { xml } from './escape';

/** A value of a property list (Apple's PropertyList-1.0 DTD). */
export type Value = string | number | boolean | ArrayBuffer | readonly Value[] | Dictionary;

export interface Dictionary {
  readonly [key: string]: Value | undefined;
}

/** The list as XML. What is undefined is left out. */
export function plist(root: Dictionary): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(root, '')}
</plist>
`;
}

function element(value: Value, indent: string): string {
  if (typeof value === 'string') {
    return `${indent}<string>${xml(value)}</string>`;
  }
  if (typeof value === 'boolean') {
    return `${indent}<${value}/>`;
  }
  if (typeof value === 'number') {
    return `${indent}<integer>${Math.trunc(value)}</integer>`;
  }
  if (value instanceof ArrayBuffer) {
    return `${indent}<data>${toBase64(value)}</data>`;
  }
  if (isList(value)) {
    return `${indent}<array>\n${value.map((one) => `${element(one, `${indent}\t`)}\n`).join('')}${indent}</array>`;
  }
  const entries = Object.entries(value).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  const lines = entries.map(([key, one]) => `${indent}\t<key>${xml(key)}</key>\n${element(one, `${indent}\t`)}\n`);
  return `${indent}<dict>\n${lines.join('')}${indent}</dict>`;
}

function isList(value: readonly Value[] | Dictionary): value is readonly Value[] {
  return Array.isArray(value);
}
