// The page state by state, for whatever must hold in each of them: sizes of targets, rules of axe.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { codeOf } from '../src/teaching/quiz/itemCode.ts'
import { Bench } from './bench.ts'

/** Looks at a state. `part` is the label of the only part that is new since the page was looked at whole. */
type Look = (page: Page, where: string, part?: string) => Promise<void>

interface Tour {
  readonly name: string
  walk(page: Page, look: Look): Promise<void>
}

const QUESTIONS = 'src/lessons/questions'

/** One question of each format: the first template that has it. */
const formats: ReadonlyMap<string, string> = new Map(
  readdirSync(QUESTIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, text: readFileSync(`${QUESTIONS}/${name}/question.md`, 'utf8') }))
    .sort((a, b) => (a.name < b.name ? 1 : -1))
    .map(({ name, text }) => {
      const of = (key: string) => new RegExp(`^${key}: *(\\S+)`, 'm').exec(text)?.[1]
      const code = codeOf({
        template: name,
        seed: 1,
        level: Number(of('level') ?? 1),
        version: Number(of('version') ?? 1),
      })
      return [of('format') ?? '', code]
    }),
)

/** Outcomes of some days ago, so that there is something to review and to draw. */
const PROGRESS = {
  state: {
    outcomes: (['k8s.pod', 'k8s.self-healing', 'docker.layers'] as const).flatMap((concept, i) =>
      ([1, 2, 3] as const).map((sureness) => ({
        at: 1_700_000_000_000 + i * 1000 + sureness,
        source: 'quiz',
        id: 'a-question',
        skill: 'predict',
        concepts: [concept],
        right: sureness > i,
        sureness,
      })),
    ),
    lessons: { 'a-pod-dies': { begun: 1_700_000_000_000, done: 1_700_000_100_000, stars: 2 } },
  },
  version: 1,
}

/** Opens the page with progress that some days made. */
export async function withProgress(page: Page): Promise<void> {
  await page.addInitScript((kept) => localStorage.setItem('orrery.progress', kept), JSON.stringify(PROGRESS))
}

async function goTo(page: Page, address: string, heading: string | RegExp): Promise<void> {
  await page.goto(`/#/${address}`)
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
}

async function home(page: Page, look: Look): Promise<void> {
  await withProgress(page)
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Where you left off' })).toBeVisible()
  await look(page, 'home, returning')
}

async function dock(page: Page, look: Look): Promise<void> {
  const bench = await Bench.open(page, 'shop')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline'] as const) {
    await bench.openDock(tab)
    if (tab === 'Editor') await bench.dock.getByRole('button', { name: 'web.yaml' }).click()
    if (tab === 'Editor') await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeVisible()
    if (tab === 'Terminal') await expect(bench.prompt).toBeVisible()
    if (tab === 'Events') await expect(bench.dock.getByRole('table').getByRole('row').nth(3)).toBeVisible()
    if (tab === 'Outline') await expect(bench.dock.getByRole('treeitem').first()).toBeVisible()
    await look(page, `dock: ${tab}`, tab === 'Terminal' ? undefined : 'Dock')
  }
  await bench.dock.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await look(page, 'menu: what can be added')
  await page.keyboard.press('Escape')
  for (const [name, region] of [
    ['More', page.locator('body')],
    [/^Speed/, bench.timeline],
    ['Run until', bench.timeline],
  ] as const) {
    await region.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await look(page, `menu: ${name}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }
  await bench.find('Zoom to Fleet')
  await expect(bench.canvas).toBeHidden()
  await look(page, 'fleet')
}

async function inspector(page: Page, look: Look): Promise<void> {
  const bench = await Bench.open(page, 'crowded')
  await bench
    .thing(/^Pod web-.*, Pending/)
    .first()
    .click()
  for (const tab of ['Why', 'State', 'YAML', 'Events', 'Metrics', 'Logs', 'Graph']) {
    const one = bench.inspector.getByRole('tab', { name: tab })
    if ((await one.count()) === 0) continue
    await one.click()
    await expect(one).toHaveAttribute('aria-selected', 'true')
    await look(page, `inspector: ${tab}`, 'Inspector')
  }
  await bench.inspector.getByRole('tab', { name: 'Why' }).click()
  await bench.inspector.getByRole('button', { name: 'Step through the decision' }).click()
  const theatre = page.getByRole('region', { name: /^Theatre/ })
  await expect(theatre.getByText(/step \d+ of \d+/)).toBeVisible()
  await look(page, 'theatre')
  await theatre.getByRole('button', { name: 'Leave the theatre' }).click()
  await expect(theatre).toBeHidden()
  await bench
    .thing(/^Pod web-.*, Pending/)
    .first()
    .click({ button: 'right' })
  await expect(page.getByRole('menu')).toBeVisible()
  await look(page, 'menu of a thing')
}

async function dialogs(page: Page, look: Look): Promise<void> {
  const bench = await Bench.open(page, 'shop')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option', { name: /^Add / }).first()).toBeVisible()
  await look(page, 'command palette')
  await page.keyboard.press('Escape')
  for (const [words, title, ready] of [
    ['Show all keys', 'Keys', 'Everywhere'],
    ['Share this moment', 'Share this moment', 'Of seed'],
    ['Open a scene', 'Open a scene', 'No room'],
    ['Add from a template', 'Start from a template', ''],
    ['What if', 'What if…', ''],
    ['Take it live', 'Take it live', 'README.md'],
    ['Open an earlier world', 'Earlier worlds', 'Shop'],
    ['Settings', 'Settings', 'Contrast'],
  ] as const) {
    await bench.find(words)
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toContainText(ready)
    await look(page, `dialog: ${title}`)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await bench.canvas.focus()
  await page.keyboard.press('a')
  await expect(page.getByRole('dialog', { name: 'Add' })).toBeVisible()
  await look(page, 'palette of the canvas')
}

async function overlays(page: Page, look: Look): Promise<void> {
  const bench = await Bench.open(page, 'shop')
  await bench.find('Show or hide where it queues')
  await expect(page.getByRole('region', { name: 'Bottlenecks' })).toContainText('Nothing is short')
  await look(page, 'overlay: bottlenecks')
  await bench.find('Show or hide where it queues')
  await bench.find('Trace one request')
  await expect(page.getByRole('button', { name: /^Hop \d/ }).first()).toBeVisible()
  await look(page, 'overlay: one request')
  await page.keyboard.press('Escape')
  await bench.find('What if')
  const asking = page.getByRole('dialog', { name: 'What if…' })
  await asking.getByLabel('Command line').fill('kubectl scale deployment web --replicas=6')
  await asking.getByRole('button', { name: '1 min', exact: true }).click()
  await asking.getByRole('button', { name: 'Run both' }).click()
  const compare = page.getByRole('dialog', { name: 'Compare two branches' })
  await expect(compare.getByRole('row', { name: /Pods/ })).toBeVisible()
  await look(page, 'two branches compared')
  await page.keyboard.press('Escape')
  await expect(compare).toBeHidden()
  await look(page, 'timeline of two branches', 'Timeline')
}

async function pages(page: Page, look: Look): Promise<void> {
  await withProgress(page)
  for (const [address, heading] of [
    ['learn', 'Lessons'],
    ['review', 'Reviews'],
    ['teach', 'For teachers'],
    ['quiz', 'Quiz me'],
    ['notes', 'Notes'],
  ] as const) {
    await goTo(page, address, heading)
    await look(page, address)
  }
}

async function lesson(page: Page, look: Look): Promise<void> {
  await page.goto('/#/learn/a-pod-dies')
  const column = page.getByRole('region', { name: 'Lesson' })
  const goOn = column.getByRole('button', { name: 'Go on' })
  await expect(goOn).toBeVisible()
  await look(page, 'lesson: reading')
  await goOn.click()
  await expect(page.getByRole('region', { name: /^Predict/ })).toBeVisible()
  await look(page, 'lesson: gate open', 'Lesson')
  await column.getByRole('radio', { name: /^Two, until somebody/ }).press('1')
  await column.getByRole('button', { name: /Commit and run/ }).click()
  await expect(column.getByText('It came otherwise.')).toBeVisible()
  await look(page, 'lesson: gate answered')
  await goOn.click()
  await goOn.click()
  await column.getByRole('radio', { name: /^It starts the container again/ }).press('1')
  await column.getByRole('button', { name: /Commit and run/ }).click()
  await goOn.click()
  await expect(column.getByRole('list', { name: 'Goals' })).toBeVisible()
  await look(page, 'lesson: task')
  await new Bench(page).type('kubectl scale deployment web --replicas=5')
  await expect(column.getByText(/^Done at/)).toBeVisible()
  await column.getByRole('button', { name: 'Hand it in to a teacher' }).click()
  await look(page, 'lesson: task done', 'Lesson')
  await goOn.click()
  await goOn.click()
  await expect(column.getByRole('region', { name: 'The end' })).toBeVisible()
  await look(page, 'lesson: the end', 'Lesson')
}

async function questions(page: Page, look: Look): Promise<void> {
  for (const [format, code] of formats) {
    await page.goto(`/#/q/${code}`)
    const form = page.getByRole('form', { name: 'Question 1' })
    await expect(form).toBeVisible()
    await expect(page.getByRole('button', { name: `Code ${code}: show as a QR code` })).toBeVisible()
    await look(page, `question: ${format}`)
    if (format !== 'choice') continue
    await page.keyboard.press('1')
    await form.getByRole('button', { name: 'Fairly sure' }).click()
    await expect(page.getByRole('region', { name: 'Explanation' })).toBeVisible()
    await look(page, 'question: explained')
    await form.getByRole('button', { name: 'How it went' }).click()
    await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible()
    await page.locator('summary').first().click()
    await look(page, 'quiz: how it went')
  }
}

async function exam(page: Page, look: Look): Promise<void> {
  await page.clock.install()
  await page.goto('/#/exam')
  await expect(page.getByRole('form', { name: 'Question 1', exact: true })).toBeVisible()
  await look(page, 'exam: a question')
  await page.clock.fastForward('16:00')
  await expect(page.getByRole('heading', { name: 'Report' })).toBeVisible()
  await look(page, 'exam: report')
}

async function classroom(page: Page, look: Look): Promise<void> {
  await page.goto('/#/teach')
  await page.getByRole('button', { name: /^A pod dies/ }).click()
  const wall = page.locator('.wb-present')
  await expect(wall).toContainText('step 1 of 6')
  const notes = await page.context().newPage()
  await goTo(notes, 'notes', 'A pod dies')
  await look(notes, 'notes: script')
  await notes.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(wall).toContainText('Votes hidden')
  await notes.getByRole('button', { name: /^One hand more for A/ }).click()
  await expect(wall).toContainText('1 hand counted')
  await look(notes, 'notes: vote')
  await page.bringToFront()
  await look(page, 'wall: vote')
  await notes.close()
}

async function phone(page: Page, look: Look): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/#/lab/shop')
  await expect(page.getByRole('group', { name: /^Pod web-/ }).first()).toBeVisible()
  await new Bench(page).pause()
  await look(page, 'phone: workbench')
  for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline', 'Inspect']) {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: tab }).click()
    const sheet = page.getByRole('dialog', { name: tab === 'Inspect' ? 'Inspector' : tab })
    await expect(sheet).toBeVisible()
    await look(page, `phone: ${tab}`)
    await sheet.getByRole('button', { name: 'Close' }).click()
    await expect(sheet).toBeHidden()
  }
  await page.goto('/#/learn/a-pod-dies')
  await expect(page.getByRole('dialog', { name: 'Lesson' }).getByRole('button', { name: 'Go on' })).toBeVisible()
  await look(page, 'phone: lesson')
}

/** All tours; between them every panel in the states that one comes to by using it. */
export const tours: readonly Tour[] = [
  { name: 'home', walk: home },
  { name: 'the dock, menus and the fleet', walk: dock },
  { name: 'the inspector and the theatre', walk: inspector },
  { name: 'dialogs', walk: dialogs },
  { name: 'overlays and a comparison', walk: overlays },
  { name: 'pages to read', walk: pages },
  { name: 'a lesson', walk: lesson },
  { name: 'questions', walk: questions },
  { name: 'an exam', walk: exam },
  { name: 'a class', walk: classroom },
  { name: 'a phone', walk: phone },
]
