// Every place of the page has no serious and no critical violation of WCAG 2.2 AA that axe can find, in both themes and on a phone.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'
import { tours } from './tour.ts'

const PHONE = { width: 360, height: 740 }
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What a theme can spoil are colours; everything else is looked for once, in the light. `part` is the label of the only part of the page
 * that is new since it was looked at whole.
 */
async function clean(page: Page, where: string, part?: string): Promise<void> {
  const about = (axe: AxeBuilder) => (part === undefined ? axe : axe.include(`[aria-label="${part}"]`))
  await look(page, `${where}, light`, (axe) => about(axe).withTags(TAGS))
  await turn(page, 'dark')
  await look(page, `${where}, dark`, (axe) => about(axe).withRules(['color-contrast']))
  await turn(page, 'light')
}

async function turn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

async function look(page: Page, where: string, rules: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  // The page has no frames, so nothing need be carried between them; and only what is wrong is described. Axe gives up the contrast
  // of the whole page where a line of code is wider than its box.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('.ln')
  const { violations, passes, incomplete } = await rules(axe).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    // A menu that is longer than the page scrolls with its arrow keys, which axe cannot know.
    .filter(
      ({ id, nodes }) =>
        id !== 'scrollable-region-focusable' || nodes.some(({ html }) => !html.includes('role="menu"')),
    )
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect.soft(grave, where).toEqual([])
  // Contrast was looked at, though on a phone a row that is wider than its box may leave it undecided.
  expect(
    [...passes, ...incomplete].map(({ id }) => id),
    where,
  ).toContain('color-contrast')
}

for (const { name, walk } of tours) test(name, async ({ page }) => walk(page, clean))

test('home for the first time', async ({ page }) => {
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await clean(page, 'home')
  await page.setViewportSize(PHONE)
  await clean(page, 'home on a phone')
})

test('levels, and presenting', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.find('Zoom to Pod')
  await expect(bench.thing(/^Container /).first()).toBeVisible()
  await clean(page, 'pod level', 'Canvas')
  await bench.find('Present to a class')
  await expect(page.getByRole('list', { name: 'Keys' })).toBeVisible()
  await clean(page, 'present')
})
