import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { browser as findBrowser } from '../../.ci/browser.mjs'
import { childrenCpu } from './cpu.ts'
import { countDots, countFrames, type Frames, scrub } from './inPage.ts'
import { type Tasks, traceTasks } from './tasks.ts'
import { crowdedWorld, longWorld } from './worlds.ts'

/**
 * `npm run bench:ui`: what the built page does in a headless Chromium without a GPU. Every figure stands beside what an empty page and an
 * empty canvas did in the same run, since machines differ and are busy. `--only pan,fleet,scrub` measures a part.
 */
const VIEW = { width: 1440, height: 900 }
const LONG = Number(process.env['BENCH_MS'] ?? 6000)
const rows: Row[] = []

interface Row {
  readonly what: string
  readonly figure: string
  readonly aim: string
  readonly met: boolean | undefined
}

const only = process.argv.includes('--only') ? (process.argv.at(-1) ?? '').split(',') : ['pan', 'fleet', 'scrub']
const out = mkdtempSync(join(tmpdir(), 'orrery-bench-'))
await build({
  logLevel: 'error',
  build: {
    outDir: out,
    emptyOutDir: true,
    rollupOptions: { input: { index: 'index.html', fleet: 'e2e/bench/fleet.html' } },
  },
})
const server = await preview({ logLevel: 'error', build: { outDir: out }, preview: { port: 4199, host: '127.0.0.1' } })
const base = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4199/'
const chrome = await chromium.launch({
  executablePath: findBrowser() as string,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
})
try {
  const peer = await empty(chrome)
  if (only.includes('pan')) await panning(chrome)
  if (only.includes('fleet')) await fleet(chrome)
  if (only.includes('scrub')) await scrubbing(chrome)
  const again = await empty(chrome)
  row('Peer: an empty page', `${fps(peer.bare)}; at the end ${fps(again.bare)}`, '')
  row('Peer: one canvas, redrawn', `${fps(peer.canvas)}; at the end ${fps(again.canvas)}`, '')
} finally {
  await chrome.close()
  await server.close()
  rmSync(out, { recursive: true, force: true })
}
print()

async function open(chrome: Browser, url: string): Promise<Page> {
  const page = await chrome.newPage({ viewport: VIEW })
  page.on('pageerror', (error) => console.error(`page: ${error.message}`))
  // Functions that are sent to the page come from tsx, which names them by this.
  await page.addInitScript('globalThis.__name = (one) => one')
  await page.goto(url)
  return page
}

async function empty(chrome: Browser): Promise<{ bare: Costly; canvas: Costly }> {
  const page = await open(chrome, 'about:blank')
  await page.evaluate('globalThis.__name = (one) => one')
  const bare = await frames(page, 2500, 'nothing')
  const canvas = await frames(page, 2500, 'canvas')
  await page.close()
  return { bare, canvas }
}

async function panning(chrome: Browser): Promise<void> {
  const world = crowdedWorld()
  const page = await open(chrome, base + world.hash)
  await page.locator('[aria-label="Canvas"][aria-busy="false"]').waitFor()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const dots = await page.evaluate(countDots, 3000)
  const drawn = await page.locator('.react-flow__node').count()
  const says = `${world.objects} objects, ${drawn} of them in view, ${dots} requests in flight`
  const pan = await frames(page, LONG, 'pan')
  row(`Pan: ${says}`, fps(pan), '50 fps', pan.fps >= 50)
  const zoom = await frames(page, LONG, 'zoom')
  row('Zoom: the same', fps(zoom), '50 fps', zoom.fps >= 50)
  const still = await frames(page, 3000, 'nothing')
  row('Playing, and nobody touches it', fps(still), '')
  const tasks = await traceTasks(page, async () => {
    await frames(page, 3000, 'pan')
    await frames(page, 3000, 'zoom')
  })
  taskRow('Main-thread tasks while panning and zooming', tasks)
  await page.close()
}

async function fleet(chrome: Browser): Promise<void> {
  const page = await open(chrome, `${base}e2e/bench/fleet.html`)
  await page.waitForFunction(() => (window as unknown as { pictures: number }).pictures > 10)
  const pictures = () => page.evaluate(() => (window as unknown as { pictures: number }).pictures)
  for (const [what, act] of [
    ['Fleet: 5,000 nodes, 150,000 pods, 5,000 of them change with every frame', 'nothing'],
    ['Fleet, panned', 'pan'],
    ['Fleet, zoomed', 'zoom'],
  ] as const) {
    const before = await pictures()
    const begin = performance.now()
    const got = await frames(page, LONG, act)
    const each = ((await pictures()) - before) / ((performance.now() - begin) / 1000)
    row(what, `${fps(got)}, ${each.toFixed(0)} pictures/s`, '55 fps', got.fps >= 55)
  }
  const tasks = await traceTasks(page, () => frames(page, 4000, 'zoom'))
  taskRow('Main-thread tasks in the fleet', tasks)
  await page.close()
}

async function scrubbing(chrome: Browser): Promise<void> {
  const world = longWorld()
  const page = await open(chrome, base + world.hash)
  await page.locator('[aria-label="Canvas"][aria-busy="false"]').waitFor()
  const places = Array.from({ length: 120 }, (_, i) => (i * 0.618034) % 1)
  const took = (await page.evaluate(scrub, { places, from: world.last2000 })).sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN
  row(
    `Scrub: ${took.length} leaps among the last 2,000 of ${world.events} events`,
    `median ${at(0.5).toFixed(0)} ms, 95th percentile ${at(0.95).toFixed(0)} ms`,
    '50 ms',
    at(0.95) <= 50,
  )
  const tasks = await traceTasks(page, () =>
    page.evaluate(scrub, { places: places.slice(0, 60), from: world.last2000 }),
  )
  taskRow('Main-thread tasks while scrubbing', tasks)
  await page.close()
}

/** Frames while `act` goes on, with the processor time that the whole browser takes for one. */
async function frames(page: Page, ms: number, act: 'nothing' | 'pan' | 'zoom' | 'canvas'): Promise<Costly> {
  const before = childrenCpu()
  const got = await page.evaluate(countFrames, { ms, act })
  return { ...got, cpu: (childrenCpu() - before) / (got.frames + 31) }
}

interface Costly extends Frames {
  /** Ms of processor time of all processes together, for one frame. */
  readonly cpu: number
}

function fps({ fps, p95, cpu }: Costly): string {
  return `${fps.toFixed(1)} fps, 95 % of frames within ${p95.toFixed(0)} ms, ${cpu.toFixed(1)} ms of processor time a frame`
}

function taskRow(what: string, { count, p95, longest, long }: Tasks): void {
  const figure = `95th percentile ${p95.toFixed(1)} ms of ${count} over 1 ms; longest ${longest.toFixed(0)} ms; ${long} over 50 ms`
  row(what, figure, '50 ms', p95 <= 50)
}

function row(what: string, figure: string, aim: string, met?: boolean): void {
  rows.push({ what, figure, aim, met })
}

function print(): void {
  console.log(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`)
  for (const { what, figure, aim, met } of rows)
    console.log(
      `${met === undefined ? '     ' : met ? 'met  ' : 'NOT  '} ${what}\n        ${figure}${aim ? `   (aim: ${aim})` : ''}`,
    )
}
