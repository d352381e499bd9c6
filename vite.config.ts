import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the desk. Under vitest the root stays the project's, so that one file serves both. */
export default defineConfig({
  root: process.env.VITEST === undefined ? 'web' : '.',
  base: '/desk/',
  plugins: [react()],
  // No script and no style may stand in the page itself: the content security policy allows none.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
});
