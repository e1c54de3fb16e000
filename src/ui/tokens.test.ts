import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { themeKey } from './theme.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [plain = '', contrast = ''] = css.split('@media (prefers-contrast: more)')

/** The colours of one theme; in the contrast part they lie over the plain ones. */
function theme(part: string, name: 'light' | 'dark'): Record<string, string> {
  const block = new RegExp(`\\[data-theme="${name}"\\] \\{([^}]*)\\}`).exec(part)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, key, value]) => [key, value]))
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0)
}

function ratio(one: string | undefined, other: string | undefined): number {
  if (!one || !other) return 0
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

describe.each(['light', 'dark'] as const)('%s theme', (name) => {
  const usual = theme(plain, name)
  const more = { ...usual, ...theme(contrast, name) }
  const surfaces = ['canvas', 'panel', 'raised', 'control', 'well']

  it.each(['text', 'muted', 'accent'])('%s reads at AA on each surface', (ink) => {
    for (const surface of surfaces) expect(ratio(usual[ink], usual[surface]), surface).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ok', 'prog', 'warn', 'err', 'pend', 'idle'])('%s reads at AA on its tint and on panels', (status) => {
    for (const ground of [`${status}-tint`, 'panel']) {
      expect(ratio(usual[status], usual[ground]), ground).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('the focus ring and the edges of fields stand out at 3 to 1', () => {
    expect(ratio(usual.focus, usual['focus-gap'])).toBeGreaterThanOrEqual(3)
    expect(ratio(usual.edge, usual.panel)).toBeGreaterThanOrEqual(3)
    expect(ratio(usual.brass, usual.panel)).toBeGreaterThanOrEqual(3)
  })

  it('on request there is more contrast everywhere it was asked for', () => {
    const changed = Object.keys(theme(contrast, name)).filter((key) => key !== 'grid' && key !== 'focus')
    expect(changed.length).toBeGreaterThan(10)
    for (const key of changed) {
      expect(ratio(more[key], more.panel), key).toBeGreaterThanOrEqual(ratio(usual[key], usual.panel))
    }
    expect(ratio(more['line-strong'], more.panel)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('the page', () => {
  const page = readFileSync(new URL('../../index.html', import.meta.url), 'utf8')

  it('sets the theme before the first paint from the same key, in its only inline script', () => {
    const inline = [...page.matchAll(/<script>([^<]*)<\/script>/g)].map((match) => match[1] ?? '')
    expect(inline).toHaveLength(1)
    expect(inline[0]).toContain(`localStorage.getItem('${themeKey}')`)
    const root: { dataset: { theme?: string } } = { dataset: {} }
    const run = (kept: string | null, dark: boolean) => {
      new Function('localStorage', 'matchMedia', 'document', inline[0] ?? '')(
        { getItem: () => kept },
        () => ({ matches: dark }),
        { documentElement: root },
      )
      return root.dataset.theme
    }
    expect([run('dark', false), run('light', true), run(null, true), run('<b>', false)]).toEqual([
      'dark',
      'light',
      'dark',
      'light',
    ])
  })

  it('has a language, a title, a description and a root', () => {
    for (const part of ['<html lang="en"', '<title>Orrery', 'name="description"', '<div id="root">']) {
      expect(page).toContain(part)
    }
  })
})
