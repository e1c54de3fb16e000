// What each route costs before it can be used, by the manifest of the build: JS and CSS, compressed, in kB of 1,000 bytes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly name?: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const DIST = 'dist'
const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
const ENTRY = 'index.html'
/** What every route loads at once, though it does not wait for it. */
const WITH = ['src/ui/Sprite.tsx', 'src/ui/Toast.tsx', 'src/ui/TooltipLayer.tsx']

/** A chunk that other chunks share goes by its name: the folder of its index, or its file. */
function chunkOf(key: string): Chunk | undefined {
  const [, name] = /([^/]+)(?:[/]index)?[.]tsx?$/.exec(key) ?? []
  return manifest[key] ?? (name === undefined ? undefined : Object.values(manifest).find((one) => one.name === name))
}

/** Files that these modules need before they can run, styles among them. */
function filesOf(...modules: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>()
  const visit = (key: string) => {
    const chunk = chunkOf(key)
    if (!chunk) throw new Error(`the build has no ${key}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const module of modules) if (chunkOf(module) || !WITH.includes(module)) visit(module)
  return files
}

function kilobytes(files: ReadonlySet<string>): number {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
  return bytes / 1000
}

function beside(files: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...files].filter((file) => !others.has(file)))
}

/** Says what a route costs, and holds it to `limit`: the aim where it is met, else what it was when this was last looked at. */
function hold(what: string, size: number, aim: number, limit = aim): void {
  console.log(`${what} ${size.toFixed(1)} kB, aim ${aim}`)
  expect(size, what).toBeLessThanOrEqual(limit)
}

const panel = (name: string) => `src/panels/${name}/index.ts`

/** Scripts and styles that the page has fetched so far; those of its worker, which a browser counts to the page's, are another matter. */
async function fetched(page: Page): Promise<readonly string[]> {
  const own = engine()
  const names = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1)),
  )
  return names.filter((name) => /^assets\/.*\.(js|css)$/.test(name) && !own.has(name))
}

test('the shell', () => {
  const size = kilobytes(filesOf(ENTRY))
  hold('shell', size, 90)
})

test('the quiz: its doors, and a first question in the format that costs most', () => {
  const common = [ENTRY, ...WITH, panel('quiz')]
  hold('quiz route', kilobytes(filesOf(...common, 'src/panels/quiz/Doors.tsx')), 120, 105)
  const formats = ['Amount', 'Doing', 'Options', 'Ordering', 'Places'].map(
    (one) => `src/panels/quiz/formats/${one}.tsx`,
  )
  const sizes = formats.map((one) => kilobytes(filesOf(...common, 'src/panels/quiz/Session.tsx', one)))
  hold('first question', Math.max(...sizes), 120, 122)
})

test('the lab, and that its first load is no more than that', async ({ page }) => {
  const files = filesOf(ENTRY, ...WITH, panel('workbench'), panel('diagram'))
  console.log(`lab, by the manifest ${kilobytes(files).toFixed(1)} kB`)
  await page.goto('/#/lab/shop')
  await new Bench(page).settled()
  // The text of the scene comes beside them, and whatever else the page in fact asked for.
  const size = kilobytes(new Set([...files, ...(await fetched(page))]))
  hold('lab first load', size, 230, 245)
})

test('the editor, which comes when it is asked for', () => {
  const lab = filesOf(ENTRY, ...WITH, panel('workbench'), panel('diagram'))
  const size = kilobytes(beside(filesOf(panel('editor')), lab))
  hold('editor', size, 170)
})

test('the engine: what a world begins with, and what a quiz needs beside it', () => {
  const own = engine()
  hold('engine', kilobytes(own), 140, 515)
  hold('quiz beside the engine', kilobytes(beside(withImports(/^quizServer-.*\.js$/), own)), 90, 95)
  const whole = withImports(/^composition-.*\.js$/)
  hold('everything else, after the first picture', kilobytes(beside(whole, own)), 900, 930)
})

function engine(): ReadonlySet<string> {
  return withImports(/^worker-.*\.js$/)
}

/** Files of a worker with those that they import at once: the manifest knows the worker as an asset alone. */
function withImports(what: RegExp): ReadonlySet<string> {
  const names = readdirSync(join(DIST, 'assets')).filter((name) => what.test(name))
  expect(names.length).toBeGreaterThan(0)
  const files = new Set<string>()
  const visit = (name: string) => {
    if (files.has(`assets/${name}`)) return
    files.add(`assets/${name}`)
    const code = readFileSync(join(DIST, 'assets', name), 'utf8')
    // They stand at the head of a file.
    const head = /^(?:import[^;]*;)*/.exec(code)?.[0] ?? ''
    for (const [, next = ''] of head.matchAll(/"[.]\/([^"]+[.]js)"/g)) visit(next)
  }
  for (const name of names) visit(name)
  return files
}
