// npm run lighthouse: the median of three runs for each page, on a phone and on a desktop, against the built page as a static host serves it.
// `npm run lighthouse -- home desktop` looks at one; `--runs 1` is quicker; `--dist PATH` takes another build; `--why` lists what cost points.
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { browser } from './browser.mjs'
import { serveStatic } from './static.mjs'

/** Pages, and the least that `product.md` asks of their performance. */
const PAGES = {
  home: { hash: '#/', mobile: 95, desktop: 95 },
  lab: { hash: '#/lab/shop', mobile: 85, desktop: 95 },
  quiz: { hash: '#/quiz', mobile: 95, desktop: 95 },
  learn: { hash: '#/learn', mobile: 95, desktop: 95 },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    dist: { type: 'string', default: 'dist' },
    why: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
const chosen = (names) => {
  const some = names.filter((name) => positionals.includes(name))
  return some.length > 0 ? some : names
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function freePort() {
  const server = createServer()
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** One run in a browser that has never seen the page. */
async function run(executablePath, url, device) {
  const port = await freePort()
  const chrome = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run', `--remote-debugging-port=${port}`],
  })
  try {
    const flags = { port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices'] }
    const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined)
    if (!result) throw new Error('Lighthouse said nothing')
    const { audits, categories, runtimeError } = result.lhr
    if (runtimeError) throw new Error(runtimeError.message)
    return {
      performance: Math.round((categories.performance.score ?? 0) * 100),
      accessibility: Math.round((categories.accessibility.score ?? 0) * 100),
      practices: Math.round((categories['best-practices'].score ?? 0) * 100),
      lcp: audits['largest-contentful-paint'].numericValue / 1000,
      fcp: audits['first-contentful-paint'].numericValue / 1000,
      tbt: audits['total-blocking-time'].numericValue,
      cls: audits['cumulative-layout-shift'].numericValue,
      si: audits['speed-index'].numericValue / 1000,
      lost: Object.values(categories).flatMap(({ id, auditRefs }) =>
        auditRefs
          .filter(({ id: audit, weight }) => weight > 0 && (audits[audit].score ?? 1) < 0.9)
          .map(
            ({ id: audit }) =>
              `${id}: ${audits[audit].title} ${audits[audit].displayValue ?? ''} ${nodes(audits[audit])}`,
          ),
      ),
    }
  } finally {
    await chrome.close()
  }
}

function nodes({ details }) {
  return (details?.items ?? [])
    .flatMap(({ node }) => (node?.snippet ? [node.snippet] : []))
    .slice(0, 4)
    .join(' ')
}

const executablePath = browser()
const { url, close } = await serveStatic(resolve(values.dist))
let missed = 0
console.log('page    device   perf  a11y  best   FCP s  LCP s  TBT ms   CLS   SI s')
for (const page of chosen(Object.keys(PAGES))) {
  for (const device of chosen(['mobile', 'desktop'])) {
    const all = []
    for (let i = 0; i < runs; i++) all.push(await run(executablePath, `${url}/${PAGES[page].hash}`, device))
    const of = (key) => median(all.map((one) => one[key]))
    const bad = of('performance') < PAGES[page][device] || of('accessibility') < 100 || of('cls') > 0.02
    if (bad) missed++
    console.log(
      [
        page.padEnd(7),
        device.padEnd(8),
        String(of('performance')).padStart(4),
        String(of('accessibility')).padStart(5),
        String(of('practices')).padStart(5),
        of('fcp').toFixed(2).padStart(7),
        of('lcp').toFixed(2).padStart(6),
        of('tbt').toFixed(0).padStart(7),
        of('cls').toFixed(3).padStart(6),
        of('si').toFixed(2).padStart(6),
        bad ? ' below the aim' : '',
      ].join(' '),
    )
    if (values.why) for (const line of new Set(all.flatMap(({ lost }) => lost))) console.log(`        ${line}`)
  }
}
close()
process.exit(missed > 0 ? 1 : 0)
