// With keys alone, and only by what the Tab key reaches: a lesson to its end, a world built, broken and healed, and a decision stepped through.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const seen = window as unknown as { pointed: number }
    seen.pointed = 0
    for (const type of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(type, () => seen.pointed++, { capture: true })
  })
})

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => (window as unknown as { pointed: number }).pointed)).toBe(0)
})

/** Walks with the Tab key until a control has the focus: it must be reached, be in view, and show that it has it. */
async function tabTo(one: Locator, back = false): Promise<void> {
  const page = one.page()
  await expect(one).toBeVisible()
  const focused = () => one.evaluate((element) => element === document.activeElement)
  for (let i = 0; i < 150 && !(await focused()); i++) await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  await expect(one).toBeFocused()
  await expect(one).toBeInViewport()
  expect(
    await one.evaluate((element) => {
      // The ring may stand on what stands for the control: the frame of the terminal, the label of a choice.
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
        if ((outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow.includes('0px 0px 0px 2px'))
          return true
      }
      return false
    }),
    'the focus can be seen',
  ).toBe(true)
}

async function press(one: Locator, key = 'Enter'): Promise<void> {
  await tabTo(one)
  await one.page().keyboard.press(key)
}

/** Types a line at the prompt, which its own key opens. */
async function typeLine(bench: Bench, line: string): Promise<void> {
  const { page } = bench
  if (!(await bench.prompt.isVisible()) || !(await bench.prompt.evaluate((one) => one === document.activeElement)))
    await page.keyboard.press('Control+`')
  await expect(bench.prompt).toBeFocused()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** Runs what the command palette finds first. */
async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find anything, run anything' })
  await expect(field).toBeFocused()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { selected: true })).toContainText(words)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

test('from the first page through a lesson to its end', async ({ page }) => {
  const bench = new Bench(page)
  await page.goto('/')
  await press(page.getByRole('navigation', { name: 'Doors' }).getByRole('link', { name: 'Learn' }))
  await press(page.getByRole('link', { name: /^A pod dies/ }))
  const lesson = page.getByRole('region', { name: 'Lesson' })
  const goOn = lesson.getByRole('button', { name: 'Go on' })
  await press(goOn)
  const guess = async (answer: RegExp, key: string) => {
    const first = lesson.getByRole('radio').first()
    await tabTo(first)
    await page.keyboard.press(key)
    await expect(lesson.getByRole('radio', { name: answer })).toBeChecked()
    await page.keyboard.press('Enter')
    await expect(lesson.getByText(/^(It came otherwise|As you said)[.]/)).toBeVisible()
    await expect(lesson.getByRole('list', { name: /^How it came about/ })).toBeVisible()
  }
  await guess(/^Three, and one/, '2')
  await press(goOn)
  await expect(lesson.locator('[aria-current="step"]')).toContainText('Who noticed')
  await press(goOn)
  await guess(/^It starts the container again/, '2')
  await press(goOn)
  await expect(lesson.getByRole('list', { name: 'Goals' })).toBeVisible()
  await typeLine(bench, 'kubectl scale deployment web --replicas=5')
  await expect(lesson.getByText(/^Done at/)).toBeVisible()
  // The first Escape leaves the line.
  await page.keyboard.press('Escape')
  await press(goOn)
  await expect(lesson.locator('[aria-current="step"]')).toContainText('What to keep')
  await press(goOn)
  await expect(lesson.getByRole('region', { name: 'The end' })).toContainText('2 of 2')
  await press(lesson.getByRole('button', { name: 'All lessons', exact: true }))
  await expect(page.getByRole('link', { name: /A pod dies/ }).getByLabel('Done')).toBeVisible()
})

test('a world is built from the palette, connected, broken and healed', async ({ page }) => {
  const bench = new Bench(page)
  await page.goto('/#/lab/three-nodes')
  await bench.settled()
  await tabTo(bench.canvas)
  for (const name of ['Deployment', 'Service']) {
    await page.keyboard.press('a')
    await expect(page.getByRole('combobox', { name: 'Add to the canvas' })).toBeFocused()
    await page.keyboard.type(name)
    await expect(page.getByRole('option', { selected: true })).toContainText(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Add to the canvas' })).toBeHidden()
    await expect(bench.canvas).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(bench.thing(new RegExp(`^${name} web-\\d`))).toHaveCount(1)
  }
  await expect(bench.thing(/^Deployment web-\d, Healthy/)).toHaveCount(1)
  await ring(bench, /^Service web/)
  await page.keyboard.press('c')
  await ring(bench, /^Deployment web/)
  await page.keyboard.press('Enter')
  await expect(bench.thing(/^Service web-\d, Serving/)).toHaveCount(1)

  const pods = bench.thing(/^Pod web-.*, Ready/)
  await expect(pods).toHaveCount(3)
  const before = await bench.names(pods)
  await ring(bench, /^Pod web-.*, Ready/)
  await page.keyboard.press('x')
  const away = page.getByRole('menuitem', { name: /^Delete/ })
  await expect(away).toBeVisible()
  for (
    let i = 0;
    i < 30 && !(await away.evaluate((one) => one === document.activeElement || one.hasAttribute('data-highlighted')));
    i++
  )
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect.poll(async () => (await bench.names(pods)).join()).not.toBe(before.join())
  await expect(pods).toHaveCount(3)
  await typeLine(bench, 'kubectl get deployments')
  await expect(bench.output).toContainText(/web-\d\s+3\/3/)
})

test('the theatre of a decision is opened, stepped through and left', async ({ page }) => {
  const bench = new Bench(page)
  await page.goto('/#/lab/crowded')
  await bench.settled()
  await expect(bench.thing(/^Pod web-.*, Pending/).first()).toBeVisible()
  await find(page, 'Play or pause')
  await tabTo(bench.canvas)
  await ring(bench, /^Pod web-.*, Pending/)
  await page.keyboard.press('w')
  const way = bench.inspector.getByRole('button', { name: 'Step through the decision' })
  await press(way)
  const theatre = page.getByRole('region', { name: /^Theatre/ })
  const step = theatre.getByText(/step \d+ of \d+/)
  const last = await step.textContent()
  // It listens a moment after it is seen.
  await expect(async () => {
    await page.keyboard.press('Home')
    await expect(step).toContainText('step 1 of', { timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await page.keyboard.press('ArrowRight')
  await expect(step).toContainText('step 2 of')
  await page.keyboard.press('End')
  await expect(step).toHaveText(last ?? '')
  await page.keyboard.press('Escape')
  await expect(theatre).toBeHidden()
  await expect(way).toBeFocused()
})

test('the canvas is one stop of the Tab key, however much is on it', async ({ page }) => {
  const bench = await openHeld(page)
  await tabTo(bench.canvas)
  const inside = () =>
    page.evaluate(() => document.activeElement?.closest('.dg-thing, .react-flow__node, .react-flow__edge') !== null)
  expect(await bench.thing(/./).count()).toBeGreaterThan(10)
  let things = 0
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    if (await inside()) things++
  }
  expect(things).toBe(0)
  for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+Tab')
  await expect(bench.canvas).toBeFocused()
})

async function openHeld(page: Page): Promise<Bench> {
  const bench = new Bench(page)
  await page.goto('/#/lab/shop')
  await bench.settled()
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  await find(page, 'Play or pause')
  await expect(bench.timeline.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  return bench
}

/** Brings the ring to a thing with the arrow keys alone. */
async function ring(bench: Bench, name: RegExp): Promise<void> {
  const { page, canvas } = bench
  await page.keyboard.press('Home')
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'])
    for (let i = 0; i < 8; i++) {
      const active = await canvas.getAttribute('aria-activedescendant')
      const label = active === null ? '' : await page.locator(`[id="${active}"]`).getAttribute('aria-label')
      if (name.test(label ?? '')) return
      await page.keyboard.press(key)
    }
  throw new Error(`no way by arrow keys to ${name}`)
}
