import { zipSync } from 'fflate';
import type { DeviceFile } from './bundle';

const UNIX = 3;
const PRIVATE_FILE = 0o100600;
const EXECUTABLE = 0o100700;

/** Files in one ZIP archive. All are their owner's alone; `install.sh` may be run. */
export function archive(name: string, files: Readonly<Record<string, string>>): DeviceFile {
  const entries = Object.entries(files).map(([path, text]) => {
    const mode = path.endsWith('/install.sh') ? EXECUTABLE : PRIVATE_FILE;
    return [path, [new TextEncoder().encode(text), { os: UNIX, attrs: mode * 0x10000 }]] as const;
  });
  // A year that doesn't depend on the clock: the same files make the same archive.
  const zip = zipSync(Object.fromEntries(entries) as never, { level: 0, mtime: new Date(2026, 0, 1) });
  return { name, type: 'application/zip', content: new Uint8Array(zip) };
}
