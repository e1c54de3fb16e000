// Every place of the page has no serious and no critical violation of WCAG 2.2 AA that axe can find, in both themes and on a phone.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

const PHONE = { width: 360, height: 740 }

/** What a theme can spoil are colours; everything else is looked for once, in the light. */
async function clean(page: Page, where: string, theme: 'light' | 'dark'): Promise<void> {
  // Axe gives up the contrast of the whole page where a line of code is wider than its box.
  const axe = new AxeBuilder({ page }).exclude('.ln')
  if (theme === 'dark') axe.withRules(['color-contrast'])
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const { violations, passes } = await axe.analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect.soft(grave, where).toEqual([])
  expect(
    passes.map(({ id }) => id),
    where,
  ).toContain('color-contrast')
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    // Axe reads the whole page many times over: minutes on a machine without a GPU.
    test.slow()
    test.use({ colorScheme: theme })

    test(`home, ${theme}`, async ({ page }) => {
      await page.goto('/#/')
      await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
      await clean(page, 'home', theme)
      await page.setViewportSize(PHONE)
      await clean(page, 'home on a phone', theme)
    })

    test(`the levels of the canvas and the wall, ${theme}`, async ({ page }) => {
      const bench = await Bench.open(page, 'shop')
      await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
      await clean(page, 'node level', theme)
      await bench.find('Zoom to Pod')
      await expect(bench.thing(/^Container /).first()).toBeVisible()
      await clean(page, 'pod level', theme)
      await bench.find('Zoom to Fleet')
      await expect(page.getByRole('application', { name: 'Canvas' })).toBeHidden()
      await clean(page, 'fleet level', theme)
      await bench.find('Zoom to Node')
      await bench.find('Present to a class')
      await expect(page.getByRole('list', { name: 'Keys' })).toBeVisible()
      await clean(page, 'present', theme)
    })

    test(`the tabs of the dock, ${theme}`, async ({ page }) => {
      const bench = await Bench.open(page, 'shop')
      for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline'] as const) {
        await bench.openDock(tab)
        if (tab === 'Editor') {
          await bench.dock.getByRole('button', { name: 'web.yaml' }).click()
          await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeVisible()
        }
        if (tab === 'Events') await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible()
        await clean(page, tab, theme)
      }
    })

    test(`the tabs of the inspector and the palette, ${theme}`, async ({ page }) => {
      const bench = await Bench.open(page, 'crowded')
      await bench.thing(/^Pod web-.*, Pending/).click()
      for (const tab of ['Why', 'State', 'YAML', 'Events', 'Metrics']) {
        await bench.inspector.getByRole('tab', { name: tab }).click()
        await expect(bench.inspector.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
        await clean(page, tab, theme)
      }
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('option').first()).toBeVisible()
      await clean(page, 'command palette', theme)
    })

    test(`the workbench on a phone, ${theme}`, async ({ page }) => {
      await page.setViewportSize(PHONE)
      await page.goto('/#/lab/shop')
      await expect(page.getByRole('navigation', { name: 'Panels' })).toBeVisible()
      await expect(page.getByRole('group', { name: /^Pod web-/ }).first()).toBeVisible()
      await clean(page, 'workbench', theme)
      for (const tab of ['Terminal', 'Outline']) {
        await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: tab }).click()
        await expect(page.getByRole('dialog', { name: tab })).toBeVisible()
        await clean(page, tab, theme)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog', { name: tab })).toBeHidden()
      }
    })
  })
}
