// Every place of the page has no serious and no critical violation of WCAG 2.2 AA that axe can find, in both themes and on a phone.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

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
  const { violations, passes } = await rules(axe).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect.soft(grave, where).toEqual([])
  expect(
    passes.map(({ id }) => id),
    where,
  ).toContain('color-contrast')
}

test('home', async ({ page }) => {
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await clean(page, 'home')
  await page.setViewportSize(PHONE)
  await clean(page, 'home on a phone')
})

test('the workbench and its levels', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  await clean(page, 'node level')
  await bench.find('Zoom to Pod')
  await expect(bench.thing(/^Container /).first()).toBeVisible()
  await clean(page, 'pod level', 'Canvas')
  await bench.find('Zoom to Fleet')
  await expect(bench.canvas).toBeHidden()
  await clean(page, 'fleet level')
})

test('presenting', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.find('Present to a class')
  await expect(page.getByRole('list', { name: 'Keys' })).toBeVisible()
  await clean(page, 'present')
})

test('the tabs of the dock', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline'] as const) {
    await bench.openDock(tab)
    if (tab === 'Editor') {
      await bench.dock.getByRole('button', { name: 'web.yaml' }).click()
      await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeVisible()
    }
    if (tab === 'Terminal') await expect(bench.prompt).toBeVisible()
    if (tab === 'Events') await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible()
    if (tab === 'Outline') await expect(bench.dock.getByRole('treeitem').first()).toBeVisible()
    await clean(page, tab, tab === 'Terminal' ? undefined : 'Dock')
  }
})

test('the tabs of the inspector', async ({ page }) => {
  const bench = await Bench.open(page, 'crowded')
  await bench.thing(/^Pod web-.*, Pending/).click()
  for (const tab of ['Why', 'State', 'YAML', 'Events', 'Metrics']) {
    await bench.inspector.getByRole('tab', { name: tab }).click()
    await expect(bench.inspector.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
    await clean(page, tab, tab === 'Why' ? undefined : 'Inspector')
  }
})

test('the command palette', async ({ page }) => {
  await Bench.open(page, 'crowded')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option', { name: /^Add / }).first()).toBeVisible()
  await clean(page, 'command palette')
})

test('the workbench on a phone', async ({ page }) => {
  await page.setViewportSize(PHONE)
  await page.goto('/#/lab/shop')
  await expect(page.getByRole('navigation', { name: 'Panels' })).toBeVisible()
  await expect(page.getByRole('group', { name: /^Pod web-/ }).first()).toBeVisible()
  // A world that runs is another one before axe has looked at it.
  await new Bench(page).pause()
  await clean(page, 'workbench')
  for (const tab of ['Terminal', 'Outline']) {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: tab }).click()
    await expect(page.getByRole('dialog', { name: tab })).toBeVisible()
    await clean(page, tab)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: tab })).toBeHidden()
  }
})

test('the pages to read, a lesson and a question', async ({ page }) => {
  for (const [address, heading] of [
    ['learn', 'Lessons'],
    ['review', 'Reviews'],
    ['teach', 'For teachers'],
    ['quiz', 'Quiz me'],
  ] as const) {
    await page.goto(`/#/${address}`)
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
    await clean(page, address)
  }
  await page.goto('/#/quiz/class/AAAAA/1')
  await expect(page.getByRole('form', { name: 'Question 1' })).toBeVisible()
  await clean(page, 'a question')
  await page.goto('/#/learn/a-pod-dies')
  await page.getByRole('region', { name: 'Lesson' }).getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('region', { name: /^Predict/ })).toBeVisible()
  await clean(page, 'a prediction')
})
