import { defineConfig } from '@playwright/test'

const executablePath = process.env.PLAYWRIGHT_CHROMIUM

/** End-to-end tests run against the built page, as it is deployed. */
export default defineConfig({
  testDir: 'e2e',
  // A slow machine is no fault of the page: what fails, fails by never coming about.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Pictures are the same wherever they are taken, and what takes them by itself would compare nothing.
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  updateSnapshots: 'none',
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/report.json' }]],
  use: {
    baseURL: 'http://127.0.0.1:4173',
    viewport: { width: 1440, height: 900 },
    // Nothing flies unless a journey is about what flies.
    contextOptions: { reducedMotion: 'reduce' },
    // A journey that is not about working offline need not wait while the whole page is put by.
    serviceWorkers: 'block',
    channel: 'chromium',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
    // A trace records every frame, which costs a machine without a GPU more than the page itself: only what failed once is worth it.
    trace: { mode: 'on-first-retry', screenshots: false },
  },
  webServer: {
    command: 'npx vite preview --port 4173 --strictPort --host 127.0.0.1',
    url: 'http://127.0.0.1:4173',
    reuseExistingServer: false,
  },
})
