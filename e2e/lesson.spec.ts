import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('a first-time learner goes from the home page through a lesson, guesses wrong once, and solves the task in a way of their own', async ({
  page,
}) => {
  const bench = new Bench(page)
  await page.goto('/')
  await page.getByRole('link', { name: /^Learn Stories/ }).press('Enter')
  await page.getByRole('link', { name: /^A pod dies/ }).press('Enter')
  const lesson = page.getByRole('region', { name: 'Lesson' })
  const goOn = lesson.getByRole('button', { name: 'Go on' })
  const step = (title: string) => expect(lesson.locator('[aria-current="step"]')).toContainText(title)
  await step('Meet the three')
  await goOn.press('Enter')

  await step('One of them goes')
  const guess = lesson.getByRole('radio', { name: /^Two, until somebody/ })
  await guess.press('1')
  await expect(guess).toBeChecked()
  await lesson.getByRole('button', { name: 'Certain' }).press('Enter')
  await lesson.getByRole('button', { name: /Commit and run/ }).press('Enter')
  await expect(lesson.getByText('It came otherwise.')).toBeVisible()
  await expect(lesson.getByRole('radio', { name: /^Two, until/ })).toContainText('Your guess')
  await expect(lesson.getByRole('radio', { name: /^Three, and one/ })).toContainText('So it is')
  await expect(lesson.getByRole('list', { name: /^How it came about/ })).toContainText('kubectl delete pod')
  // What came otherwise is shown once more, from the moment at which the guess was made.
  const seen = await bench.now()
  await lesson.getByRole('button', { name: 'Watch it again' }).press('Enter')
  await expect.poll(() => bench.now()).toBeLessThan(seen)
  await expect(lesson.getByRole('button', { name: 'Watch it again' })).toBeVisible()
  await goOn.press('Enter')

  await step('Who noticed')
  // Whoever comes back finds the step, and the world as it was when it began.
  await page.reload()
  await step('Who noticed')
  await expect(lesson.getByText('You were here before.')).toBeVisible()
  await bench.type('history')
  await expect(bench.output).toContainText('kubectl delete pod')
  await page.goto('/#/learn')
  await expect(page.getByRole('link', { name: /A pod dies/ })).toContainText('At step 3 of 6')
  await page.goBack()
  await step('Who noticed')
  await goOn.press('Enter')
  await step('A worse way to go')
  await lesson.getByRole('radio', { name: /^It makes a new pod/ }).press('2')
  await lesson.getByRole('radio', { name: /^It starts the container again/ }).press('Enter')
  await expect(lesson.getByText('As you said.')).toBeVisible()
  await goOn.press('Enter')

  await step('More for the weekend')
  const goals = lesson.getByRole('list', { name: 'Goals' })
  await expect(goals.getByText('not yet')).toHaveCount(2)
  // First what does not count: by hand. A hint says so, and one goes back to where the task began.
  await bench.type('kubectl run web-4 --image=nginx:1.27')
  await expect(lesson.getByText(/A pod that you make yourself belongs to nobody/)).toBeVisible()
  await lesson.getByRole('button', { name: 'Start again' }).press('Enter')
  await bench.type(`kubectl patch deployment web -p '{"spec":{"replicas":5}}'`)
  await expect(lesson.getByText(/^Done at/)).toBeVisible()
  await lesson.getByRole('button', { name: 'Hand it in to a teacher' }).press('Enter')
  await lesson.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await lesson.getByRole('button', { name: 'Make the code' }).press('Enter')
  const code = await lesson.getByRole('textbox', { name: 'Code of your run' }).inputValue()
  await goOn.press('Enter')
  await step('What to keep')
  await expect(lesson.getByText(/is started after 10 seconds, then/)).toBeVisible()
  await goOn.press('Enter')
  await expect(lesson.getByRole('region', { name: 'The end' })).toContainText('2 of 2')
  await expect(lesson.getByRole('button', { name: /^Next: / })).toBeVisible()
  await lesson.getByRole('button', { name: 'All lessons', exact: true }).press('Enter')
  await expect(page.getByRole('link', { name: /A pod dies/ }).getByLabel('Done')).toBeVisible()

  // The teacher replays what was handed in.
  await page.goto('/#/teach')
  await page.getByRole('textbox', { name: 'Code of a run' }).fill(code)
  await page.getByRole('button', { name: 'Replay it' }).press('Enter')
  await expect(page.getByRole('row', { name: /Ada/ })).toContainText('Solved')

  // Days later what was guessed wrongly comes back, as a question that the simulator makes.
  await page.clock.setFixedTime(Date.now() + 3 * 24 * 60 * 60 * 1000)
  await page.goto('/#/review')
  await page.reload()
  await expect(page.getByRole('heading', { name: /concepts? (is|are) due/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Concepts that are due' })).toContainText('Self healing')
  await page.getByRole('link', { name: 'Review now' }).press('Enter')
  await expect(page.getByRole('form', { name: 'Question 1' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('the lesson covers the world, keeps the focus while it does, and gives it back', async ({ page }) => {
    await page.goto('/#/learn/a-pod-dies')
    const sheet = page.getByRole('dialog', { name: 'Lesson' })
    await expect(sheet.getByRole('button', { name: 'Go on' })).toBeVisible()
    const outside = () =>
      page.evaluate(() => {
        const at = document.activeElement
        return at !== document.body && at?.closest('[role="dialog"]') === null
      })
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab')
      expect(await outside()).toBe(false)
    }
    await sheet.getByRole('button', { name: 'Go on' }).focus()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    const opener = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Lesson' })
    await expect(opener).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(sheet).toBeVisible()
    await expect(sheet).toBeFocused()
  })
})
