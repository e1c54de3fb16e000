// Finds the Chromium that the end-to-end tests use, and installs one where there is none. Prints which.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
]

/** Path of a browser that exists now, with the words for it. */
function present() {
  const given = process.env.PLAYWRIGHT_CHROMIUM
  if (given) return existsSync(given) ? { path: given, from: 'PLAYWRIGHT_CHROMIUM' } : undefined
  const own = chromium.executablePath()
  if (own && existsSync(own)) return { path: own, from: "Playwright's own" }
  const system = SYSTEM.find((path) => existsSync(path))
  return system ? { path: system, from: 'the system' } : undefined
}

function attempt(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 600_000 }).status === 0
}

/** The browser to use. Tries Playwright's download, then Debian's package; exits with one clear line when none can be had. */
export function browser() {
  let found = present()
  if (!found && attempt('npx', ['playwright', 'install', '--with-deps', 'chromium'])) found = present()
  if (
    !found &&
    process.getuid?.() === 0 &&
    attempt('apt-get', ['update']) &&
    attempt('apt-get', ['install', '-y', 'chromium'])
  )
    found = present()
  if (!found) {
    console.error('No Chromium for the end-to-end tests: set PLAYWRIGHT_CHROMIUM to one, or install Chromium.')
    process.exit(1)
  }
  const version = execFileSync(found.path, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim()
  console.log(`browser: ${version} (${found.from}: ${found.path})`)
  return found.path
}
