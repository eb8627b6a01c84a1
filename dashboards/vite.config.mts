import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite build dashboards`; `npx vite dashboards` serves it with the API of CATCHMENT_URL behind it. */
const api = process.env['CATCHMENT_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: '../dist/dashboards', emptyOutDir: true, target: 'es2023', sourcemap: false },
  server: { proxy: { '/api': api, '/health': api } },
});
