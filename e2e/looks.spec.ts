// How each screen looks, in both themes and at three sizes: half as large as it is shown, with the world, the date and chance held still. After a change
// that is meant: `npx playwright test e2e/looks.spec.ts --update-snapshots`, then look at what has changed in e2e/looks/ before it is kept.
import { expect, type Page, test } from '@playwright/test'
import { codeOf } from '../src/teaching/quiz/itemCode.ts'
import { Bench } from './bench.ts'
import { withProgress } from './tour.ts'

// Half of the pixels in each direction: enough to see that something has moved, in a quarter of the bytes.
test.use({ deviceScaleFactor: 0.5 })

const SIZES = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'wall', width: 1920, height: 1080 },
  { name: 'phone', width: 360, height: 740 },
] as const

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(new Date('2026-03-02T09:00:00Z'))
  await page.addInitScript(() => {
    let state = 1
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    Math.random = next
    crypto.getRandomValues = (array) => {
      if (array instanceof Uint32Array) for (let i = 0; i < array.length; i++) array[i] = Math.floor(next() * 2 ** 32)
      return array
    }
  })
  // In the worker no time passes by itself: a world that plays stands where it is.
  await page.context().route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `performance.now=()=>0;${await response.text()}` })
  })
})

/** Holds a screen against its pictures, the sizes one after another; a screen for the wall has no picture on a phone. */
async function looks(
  page: Page,
  name: string,
  ready: () => Promise<void>,
  sizes: readonly (typeof SIZES)[number][] = SIZES,
) {
  for (const { name: size, ...viewport } of sizes) {
    await page.setViewportSize(viewport)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await ready()
      await expect.soft(page).toHaveScreenshot(`${name}-${size}-${theme}.png`, {
        scale: 'device',
        animations: 'disabled',
        caret: 'hide',
        // Seconds that a class still has.
        mask: [page.locator('.vote-dial .num')],
        maxDiffPixelRatio: 0.01,
        threshold: 0.2,
      })
    }
  }
}

test('home', async ({ page }) => {
  await page.goto('/#/')
  await looks(page, 'home', () => expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible())
})

test('a shop in the workbench', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench
    .thing(/^Pod web-/)
    .first()
    .click()
  await expect(bench.inspector).toBeVisible()
  await looks(page, 'shop', () => expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3))
})

test('one world', async ({ page }) => {
  const bench = await Bench.open(page, 'one-world')
  await looks(page, 'one-world', () => expect(bench.thing('Pipeline quotes, Succeeded')).toBeVisible())
})

test('a theatre', async ({ page }) => {
  const bench = await Bench.open(page, 'crowded')
  await bench
    .thing(/^Pod web-.*, Pending/)
    .first()
    .click()
  await bench.inspector.getByRole('button', { name: 'Step through the decision' }).click()
  const step = page.getByRole('region', { name: /^Theatre/ }).getByText(/step \d+ of \d+/)
  await looks(page, 'theatre', () => expect(step).toBeVisible(), SIZES.slice(0, 2))
})

test('a lesson and a prediction that was answered', async ({ page }) => {
  await page.goto('/#/learn/a-pod-dies')
  const column = page.locator('.lesson')
  const goOn = column.getByRole('button', { name: 'Go on' })
  await looks(page, 'lesson', () => expect(goOn).toBeVisible())
  await page.setViewportSize(SIZES[0])
  await goOn.click()
  await column.getByRole('radio', { name: /^Two, until somebody/ }).press('1')
  await column.getByRole('button', { name: /Commit and run/ }).click()
  await looks(page, 'gate', () => expect(column.getByText('It came otherwise.')).toBeVisible(), SIZES.slice(0, 2))
})

test('a question, asked and explained', async ({ page }) => {
  await page.goto(`/#/q/${codeOf({ template: 'binpack-place', seed: 1, level: 1, version: 1 })}`)
  const form = page.getByRole('form', { name: 'Question 1' })
  await looks(page, 'question', () => expect(form).toBeVisible())
  await page.keyboard.press('1')
  await form.getByRole('button', { name: 'Fairly sure' }).click()
  await looks(
    page,
    'explained',
    () => expect(page.getByRole('region', { name: 'Explanation' })).toBeVisible(),
    SIZES.slice(2),
  )
})

for (const [address, heading] of [
  ['learn', 'Lessons'],
  ['review', 'Reviews'],
  ['teach', 'For teachers'],
] as const)
  test(heading, async ({ page }) => {
    await withProgress(page)
    await page.goto(`/#/${address}`)
    await looks(page, address, () => expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible())
  })

test('the wall, with a question', async ({ page }) => {
  await page.setViewportSize(SIZES[1])
  await page.goto('/#/teach')
  await page.getByRole('button', { name: /^A pod dies/ }).click()
  const wall = page.locator('.wb-present')
  await expect(wall).toContainText('step 1 of 6')
  await page.keyboard.press('PageDown')
  await expect(wall).toContainText('Votes hidden')
  await looks(page, 'wall', () => expect(wall).toContainText('Votes hidden'), SIZES.slice(1, 2))
})
