// Draws the icons of the installed page from public/icon.svg: node .ci/icons.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { browser } from './browser.mjs'

/** Name, edge in px, how much of it the picture fills, and what is behind it. Launchers cut a maskable icon to their own shape. */
const ICONS = [
  ['icon-192.png', 192, 1, 'transparent'],
  ['icon-512.png', 512, 1, 'transparent'],
  ['icon-maskable.png', 512, 0.72, '#0f1828'],
  ['apple-touch-icon.png', 180, 0.84, '#0f1828'],
]

const svg = readFileSync('public/icon.svg', 'utf8')
const chrome = await chromium.launch({ executablePath: browser(), args: ['--no-sandbox'] })
const page = await chrome.newPage({ colorScheme: 'dark' })
for (const [name, edge, part, behind] of ICONS) {
  await page.setViewportSize({ width: edge, height: edge })
  await page.setContent(
    `<style>html,body{margin:0;height:100%;background:${behind};display:grid;place-items:center}svg{width:${part * 100}%;height:${part * 100}%}</style>${svg}`,
  )
  writeFileSync(`public/${name}`, await page.screenshot({ omitBackground: behind === 'transparent' }))
}
await chrome.close()
