import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { codeOf } from '../src/teaching/quiz/itemCode.ts'
import { Bench } from './bench.ts'

/** Everything that the page, or a worker of it, has asked for since it was opened. */
function requestsOf(page: Page): readonly string[] {
  const asked: string[] = []
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname))
  return asked
}

/** Files that hold the canvas and the panels of the workbench: a quiz needs none of them. */
function labFiles(): readonly string[] {
  const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<
    string,
    { readonly file: string; readonly name?: string }
  >
  const of = Object.entries(manifest).filter(
    ([key, { name }]) => /panels\/(diagram|workbench)\/index/.test(key) || name === 'diagram' || name === 'workbench',
  )
  return of.map(([, { file }]) => `/${file}`)
}

function expectNoLab(asked: readonly string[]): void {
  const lab = labFiles()
  expect(lab.length).toBeGreaterThan(0)
  expect(asked.filter((path) => lab.includes(path))).toEqual([])
  expect(asked.some((path) => /\/assets\/quiz(Server|Worker)-/.test(path))).toBe(true)
}

/** How somebody does things: with a finger, or with keys alone. */
interface Hand {
  press(one: Locator): Promise<void>
  /** Picks the first of several answers. */
  pick(page: Page, first: Locator): Promise<void>
}

const finger: Hand = {
  press: (one) => one.tap(),
  pick: (_, first) => first.locator('xpath=ancestor::label').tap(),
}

const keys: Hand = {
  async press(one) {
    await tabTo(one)
    await one.page().keyboard.press('Enter')
  },
  pick: (page) => page.keyboard.press('1'),
}

/** Walks with the Tab key until something has the focus, so what no key reaches is found out. */
async function tabTo(one: Locator): Promise<void> {
  const page = one.page()
  await expect(one).toBeEnabled()
  const focused = () => one.evaluate((element) => element === document.activeElement)
  for (let i = 0; i < 120 && !(await focused()); i++) await page.keyboard.press('Tab')
  await expect(one).toBeFocused()
}

/** Gives any answer, whatever the format asks for, and hands it in. */
async function answer(page: Page, hand: Hand): Promise<void> {
  const form = page.getByRole('form', { name: /^Question \d+$/ })
  const radio = form.getByRole('radio').first()
  const more = form.getByRole('button', { name: 'One more' })
  const mark = form.getByRole('slider')
  const file = form.locator('textarea')
  const command = form.getByRole('textbox', { name: 'Command' })
  const down = form.getByRole('button', { name: /^Down: / }).first()
  await expect(radio.or(more).or(mark).or(file).or(command).or(down).first()).toBeVisible()
  if (await radio.isVisible()) await hand.pick(page, radio)
  else if (await more.isVisible()) await hand.press(more)
  else if (await mark.isVisible()) {
    if (hand === keys) await tabTo(mark)
    else await mark.tap()
    await page.keyboard.press('ArrowRight')
  } else if (await file.isVisible()) {
    if (hand === keys) await tabTo(file)
    else await file.tap()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('# looked at')
  } else if (await command.isVisible()) {
    if (hand === keys) await tabTo(command)
    else await command.tap()
    await page.keyboard.type('ls')
    await page.keyboard.press('Enter')
    await expect(form.getByRole('log', { name: 'Terminal' })).toContainText('$ ls')
  } else await hand.press(down)
  await hand.press(form.getByRole('button', { name: 'Fairly sure' }))
}

/** Waits until a file has come. */
async function fetched(page: Page, file: RegExp): Promise<void> {
  const names = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  await expect.poll(names).toContainEqual(expect.stringMatching(file))
}

/** Files that have come, those that a worker asked for among them. */
function arrivalsOf(page: Page): readonly string[] {
  const come: string[] = []
  page.context().on('requestfinished', (request) => come.push(request.url()))
  return come
}

/** Answers five questions, each told in turn, and comes to the summary. */
async function session(page: Page, hand: Hand, come: readonly string[]): Promise<void> {
  for (let at = 1; at <= 5; at++) {
    await expect(page.getByRole('form', { name: `Question ${at}`, exact: true })).toBeVisible()
    if (at === 1) {
      await fetched(page, /\/Outlook-/)
      // Of this class's questions some are about more than Kubernetes.
      await expect.poll(() => come).toContainEqual(expect.stringMatching(/\/composition-/))
      await page.context().setOffline(true)
    }
    await answer(page, hand)
    const told = page.getByRole('region', { name: 'Explanation' })
    await expect(told.getByRole('heading', { name: /^(Right|Not quite)[.]/ })).toBeVisible()
    await expect(told.getByRole('list', { name: 'Why' }).getByRole('listitem').first()).toBeVisible()
    await hand.press(page.getByRole('button', { name: at < 5 ? 'Next question' : 'How it went' }))
  }
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible()
  await expect(page.getByText(/^\d of 5 right[.]$/)).toBeVisible()
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test('a quiz is answered by touch, without the net and without the lab', async ({ page }) => {
    const asked = requestsOf(page)
    const come = arrivalsOf(page)
    await page.goto('/#/quiz/class/K7PDX/1')
    await session(page, finger, come)
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(beyond).toBeLessThanOrEqual(0)
    expectNoLab(asked)
  })
})

test('a quiz is answered by keyboard alone, without the net and without the lab', async ({ page }) => {
  const asked = requestsOf(page)
  const come = arrivalsOf(page)
  await page.goto('/#/quiz/class/K7PDX/2')
  await session(page, keys, come)
  expectNoLab(asked)
})

test('two of a class are asked the same kinds of question in the same order, each about a world of their own', async ({
  browser,
}) => {
  const titles: string[] = []
  const codes = new Set<string>()
  for (const student of [1, 2]) {
    const page = await browser.newPage()
    await page.goto(`/#/quiz/class/K7PDX/${student}`)
    const form = page.getByRole('form', { name: 'Question 1', exact: true })
    titles.push(await form.getByRole('heading', { level: 1 }).innerText())
    codes.add(await page.getByRole('button', { name: /^Code / }).innerText())
    await page.close()
  }
  expect(titles[0]).toBe(titles[1])
  expect(codes.size).toBe(2)
})

test('an exam tells nothing until its report', async ({ page }) => {
  await page.goto('/#/exam')
  for (let at = 1; at <= 10; at++) {
    await expect(page.getByRole('form', { name: `Question ${at}`, exact: true })).toBeVisible()
    await expect(page.getByRole('timer')).toHaveText(/^\d+:\d\d$/)
    await answer(page, keys)
    await expect(page.getByRole('region', { name: 'Explanation' })).toHaveCount(0)
  }
  await expect(page.getByRole('heading', { name: 'Report' })).toBeVisible()
  await expect(page.getByText(/^\d+ of 10 right[.]$/)).toBeVisible()
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('form', { name: 'Question 1', exact: true })).toBeVisible()
})

test('the world of a question opens in the lab, at the moment at which the question begins', async ({ page }) => {
  await page.goto('/#/quiz/class/K7PDX/1')
  const code = await page.getByRole('button', { name: /^Code / }).innerText()
  await page.goto(`/#/q/${code}`)
  await answer(page, keys)
  const told = page.getByRole('region', { name: 'Explanation' })
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await told.getByRole('button', { name: 'Open in the lab' }).click()
  const bench = new Bench(page)
  await bench.settled()
  await expect(page).toHaveTitle(`${title}, Orrery`)
  // What made the world stands in it, and it can be worked on.
  await expect(bench.canvas.getByRole('group').first()).toBeVisible()
  await bench.type('ls')
  await expect(bench.output).toContainText('ls')
})

test('rows are put in order with the arrow keys, and the row that moves keeps the focus', async ({ page }) => {
  await page.goto(`/#/q/${codeOfKind('lost-node-order')}`)
  const form = page.getByRole('form', { name: 'Question 1', exact: true })
  const rows = form.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Down: / }) })
  const down = rows.first().getByRole('button', { name: /^Down: / })
  const name = (await down.getAttribute('aria-label')) ?? ''
  await down.focus()
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2).getByRole('button', { name, exact: true })).toBeVisible()
  await expect(
    rows
      .nth(2)
      .getByRole('button', { name: /^(Down|Up): / })
      .and(page.locator(':focus')),
  ).toHaveCount(1)
})

/** The code of a question of one kind. */
function codeOfKind(template: string): string {
  const text = readFileSync(`src/lessons/questions/${template}/question.md`, 'utf8')
  const figure = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 1)
  return codeOf({ template, seed: 1, level: figure('level'), version: figure('version') })
}
