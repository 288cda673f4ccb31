import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * Tells the templates, in `assets.properties`, what script and style are called, and the fonts that every page shows.
 * Every file carries the hash of its content, the entry too: chunks import from it, and under a second name it would run a second time.
 */
const names: Plugin = {
  name: 'kreissiegel-names',
  generateBundle(_, bundle) {
    const files = Object.values(bundle);
    const script = files.find((file) => file.type === 'chunk' && file.isEntry)?.fileName;
    const style = files.find((file) => file.fileName.endsWith('.css'))?.fileName;
    const fonts = files.map((file) => file.fileName).filter((name) => /-latin-(?!ext-).*\.woff2$/.test(name));
    const source = `script=${script}\nstyle=${style}\nfonts=${fonts.sort().join(' ')}\n`;
    this.emitFile({ type: 'asset', fileName: 'assets.properties', source });
  },
};

// The output lies where Spring serves static files from.
export default defineConfig({
  base: './',
  plugins: [names],
  logLevel: 'warn',
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
  build: {
    outDir: '../target/classes/static/assets',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      checks: { pluginTimings: false },
      input: { app: 'src/app.ts' },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
