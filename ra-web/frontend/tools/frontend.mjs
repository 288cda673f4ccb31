// What Maven calls: `node tools/frontend.mjs build|test`. Does nothing when nothing has changed since the last
// time it went well, so that a Java build doesn't wait for it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamps = '../target/frontend';
const task = process.argv[2];
// The last holds messages for the vault's tests, which a test here compares with what it makes.
const inputs = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'public',
  'src',
  'test',
  'tools',
  '../../hsm-adapter/src/test/resources/de/kreissiegel/hsm/approval/browser',
];

function* filesOf(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
  } else {
    yield path;
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesOf(input)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function npm(...words) {
  execFileSync('npm', words, { stdio: 'inherit' });
}

const now = fingerprint();
const stamp = join(stamps, task);
const product = task === 'build' ? '../target/classes/static/assets/assets.properties' : stamp;
if (existsSync(stamp) && existsSync(product) && readFileSync(stamp, 'utf8') === now) {
  process.exit(0);
}
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', task);
mkdirSync(stamps, { recursive: true });
writeFileSync(stamp, now);
