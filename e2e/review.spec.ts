import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'

const DAY = 86_400_000

/** What somebody has shown who was here three days ago. */
async function wasHere(page: Page): Promise<void> {
  await page.goto('/#/review')
  const at = Date.now() - 3 * DAY
  const outcome = (id: string, concepts: readonly string[], right: boolean, sureness: number, code?: string) => ({
    at,
    source: code === undefined ? 'lesson' : 'quiz',
    id,
    skill: 'predict',
    concepts,
    right,
    sureness,
    ...(code === undefined ? {} : { code }),
  })
  await page.goto('/#/quiz/class/K7PDX/1')
  const code = await page.getByRole('button', { name: /^Code / }).innerText()
  const outcomes = [
    outcome('asked', ['k8s.pod'], false, 3, code),
    outcome('a-pod-dies/1', ['k8s.self-healing'], true, 2),
    outcome('a-pod-dies/3', ['k8s.replicas'], true, 1),
  ]
  await page.evaluate((kept) => localStorage.setItem('orrery.progress', JSON.stringify({ state: kept, version: 1 })), {
    outcomes,
    lessons: { 'a-pod-dies': { begun: at, done: at, stars: 1 } },
  })
  await page.goto('/#/review')
  await page.reload()
  await expect(page.getByRole('table', { name: 'Concepts that are due' })).toBeVisible()
}

test('what was met goes to Anki: a card a concept, and a card a question with the answer of the simulator', async ({
  page,
}) => {
  await wasHere(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export cards' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('orrery-anki.txt')
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.split('\n').slice(0, 4)).toEqual([
    '#separator:tab',
    '#html:false',
    '#columns:Front\tBack\tTags',
    '#tags column:3',
  ])
  // A card is two quoted fields and its tags; quotes within are doubled.
  const cards = [...text.matchAll(/^"((?:[^"]|"")*)"\t"((?:[^"]|"")*)"\t(.*)$/gm)]
  expect(cards).toHaveLength(4)
  expect(cards.filter(([, , , tags]) => tags?.includes('code:'))).toHaveLength(1)
  for (const [, front, back] of cards) {
    expect(front).not.toBe('')
    expect(back).not.toBe('')
  }
  await expect(page.getByText('4 cards written.')).toBeVisible()
})

test('progress is taken elsewhere, as a file and as a code', async ({ page, browser }) => {
  await wasHere(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ])
  await page.getByRole('button', { name: 'Make a code' }).click()
  const code = page.getByRole('textbox', { name: 'Backup code' })
  await expect(code).not.toHaveValue('')
  const backup = await code.inputValue()

  const other = await browser.newPage()
  await other.goto('/#/review')
  await expect(other.getByText('Nothing to review yet')).toBeVisible()
  await other.getByLabel('Progress file').setInputFiles(await file.path())
  await expect(other.getByText(/^Taken in: 3 results and 1 lesson/)).toBeVisible()
  await expect(other.getByRole('table', { name: 'Concepts that are due' })).toBeVisible()
  await other.close()

  const third = await browser.newPage()
  await third.goto('/#/review')
  await third.getByRole('textbox', { name: 'Backup code' }).fill(`${backup.slice(0, -2)}zz`)
  await third.getByRole('button', { name: 'Take it in' }).click()
  await expect(third.getByText('This code is damaged or incomplete.')).toBeVisible()
  await third.getByRole('textbox', { name: 'Backup code' }).fill(backup)
  await third.getByRole('button', { name: 'Take it in' }).click()
  await expect(third.getByRole('table', { name: 'Concepts that are due' })).toBeVisible()
  await third.close()
})
