// npm test: every check of the project, in turn, and how many tests ran. `npm test -- unit` runs one of them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browser } from './browser.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'orrery-test-'))
const unitReport = join(scratch, 'unit.json')
const e2eReport = join(scratch, 'e2e.json')

const checks = {
  types: () => run('tsc', ['--noEmit']),
  lint: () => run('biome', ['check', '.', '--error-on-warnings']),
  'dead code': () => run('knip', []),
  unit: () => run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
  e2e: () => {
    const path = browser()
    run('vite', ['build', '--logLevel', 'warn'])
    run('playwright', ['test'], { PLAYWRIGHT_CHROMIUM: path, PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport })
  },
}

function run(command, args, env = {}) {
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status !== 0) {
    console.error(`\n${command} ${args.join(' ')} failed`)
    process.exit(status ?? 1)
  }
}

function counted(path, read) {
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

const wanted = process.argv.slice(2)
for (const [name, check] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n== ${name}`)
  check()
}

const unit = counted(unitReport, (r) => ({
  passed: r.numPassedTests,
  failed: r.numFailedTests,
  skipped: r.numPendingTests + r.numTodoTests,
}))
const e2e = counted(e2eReport, ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
}))
rmSync(scratch, { recursive: true, force: true })
console.log(`\nunit: ${unit.passed} tests, end to end: ${e2e.passed} tests`)
console.log(
  `${unit.passed + e2e.passed} passed, ${unit.failed + e2e.failed} failed, ${unit.skipped + e2e.skipped} skipped`,
)
if (unit.passed + e2e.passed === 0) process.exit(1)
