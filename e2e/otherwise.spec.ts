// Someone asks what would have been if the scheduler worked as many believe, and holds both courses against each other.
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

/** The scene in which one pod finds no node, and that pod selected. */
async function pendingPod(page: Page): Promise<Bench> {
  const bench = await Bench.open(page, 'crowded')
  await bench
    .thing(/^Pod web-.*Pending/)
    .first()
    .click()
  await expect(bench.inspector.getByRole('heading', { name: /^Why is it/ })).toBeVisible()
  return bench
}

test('a belief about a rule is tried on a branch from before the decision, and held against what was', async ({
  page,
}) => {
  const bench = await pendingPod(page)
  const belief = bench.inspector.getByRole('button', { name: /^A taint keeps away .*Try it$/ })
  const more = bench.inspector.getByRole('button', { name: /^\d+ more$/ })
  await expect(belief.or(more).first()).toBeVisible()
  if (!(await belief.isVisible())) await more.click()
  await belief.click()
  const compare = page.getByRole('dialog', { name: 'Compare two branches' })
  await expect(compare).toContainText(/believes: A taint keeps away/)
  const differs = compare.getByRole('table', { name: 'Things whose state differs' })
  await expect(differs.getByRole('row', { name: /^web-/ }).first()).toBeVisible()
  await compare.getByRole('button', { name: 'Close' }).click()
  // On the branch no pod waits, and the line stands in its history: before it the rule holds as it really is.
  await expect(bench.thing(/^Pod web-.*Pending/)).toHaveCount(0)
  await expect(bench.timeline).toContainText('2 branches')
  await bench.type('lab rule restore taints-ignored')
  await expect(bench.output).toContainText('From now on the rule holds again as it really is:')
  await bench.type('lab rule restore taints-ignored')
  await expect(bench.output).toContainText("lab rule: 'taints-ignored' is not in force")
})

test('the theatre changes one field and says what would have been decided, and runs it when asked', async ({
  page,
}) => {
  const bench = await pendingPod(page)
  await bench.inspector.getByRole('button', { name: 'Step through the decision' }).click()
  const theatre = page.getByRole('region', { name: /^Theatre/ })
  await expect(theatre).toContainText('3 enter, 3 fall')
  const change = theatre.getByRole('listitem').filter({ hasText: 'Remove dedicated=batch from node-a2' })
  await expect(change).toContainText(/node-a2 wins, \d+ to \d+/)
  const line = theatre.getByRole('textbox', { name: 'Or give the line that led to it otherwise' })
  await line.fill('sed -i s/800m/100m/ web.yaml; kubectl apply -f web.yaml')
  await line.press('Enter')
  await expect(theatre.getByRole('listitem').filter({ hasText: /^Then/ })).toContainText(/node-\w+ wins/)
  await change.getByRole('button', { name: 'Try it' }).click()
  const compare = page.getByRole('dialog', { name: 'Compare two branches' })
  await expect(compare).toContainText('kubectl taint nodes node-a2 dedicated:NoSchedule-')
  await compare.getByRole('button', { name: 'Close' }).click()
  await expect(theatre).toBeHidden()
  await expect(bench.thing(/^Pod web-.*Pending/)).toHaveCount(0)
})

test('the stage stays when the class is shown it on the wall, and shows what was decided then at a later time too', async ({
  page,
}) => {
  const bench = await pendingPod(page)
  await bench.inspector.getByRole('button', { name: 'Step through the decision' }).click()
  const theatre = page.getByRole('region', { name: /^Theatre/ })
  await expect(theatre).toContainText('0.12 CPU free')
  await page
    .getByRole('radio', { name: 'Present' })
    .or(page.getByRole('button', { name: 'Present' }))
    .first()
    .click()

  await expect(theatre).toContainText('step 7 of 7')
  await page.keyboard.press('ArrowLeft')
  await expect(theatre).toContainText('step 6 of 7')
  await page.keyboard.press('Escape')
  await expect(theatre).toBeHidden()
})
