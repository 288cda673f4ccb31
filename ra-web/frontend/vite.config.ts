import { defineConfig } from 'vitest/config';

// The output lies where Spring serves static files from. `app.js` and `app.css` have fixed names, because
// the templates name them; the web server adds the hash of their content. All else carries its own.
export default defineConfig({
  base: './',
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
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: (asset) =>
          asset.names.includes('app.css') ? 'app.css' : '[name]-[hash][extname]',
      },
    },
  },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
  },
});
