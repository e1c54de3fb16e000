import { expect, test } from '@playwright/test'

test('a class votes twice before the world runs, something is broken on the way, and the script is taken up again', async ({
  page,
  context,
}) => {
  await page.goto('/#/teach')
  await page.getByRole('button', { name: /^A pod dies/ }).click()
  const wall = page.locator('.wb-present')
  await expect(wall).toContainText('step 1 of 6')

  const notes = await context.newPage()
  await notes.goto('/#/notes')
  await expect(notes.getByRole('heading', { name: 'A pod dies', level: 1 })).toBeVisible()
  await expect(notes.getByText(/Nothing here is a film/)).toBeVisible()
  await notes.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(wall).toContainText('Half a minute later, how many are ready?')
  await expect(wall).toContainText('Votes hidden')

  // Hands are counted in the second window; the wall says how many, not which.
  for (let i = 0; i < 3; i++) await notes.getByRole('button', { name: /^One hand more for A/ }).click()
  await notes.getByRole('button', { name: /^One hand more for B/ }).click()
  await expect(wall).toContainText('4 hands counted')
  await notes.getByRole('button', { name: 'Discuss' }).click()
  await expect(wall).toContainText('Convince your neighbour')
  await notes.getByRole('button', { name: 'Vote again' }).click()
  for (let i = 0; i < 4; i++) await notes.getByRole('button', { name: /^One hand more for B/ }).click()
  await expect(wall).toContainText('4 hands counted')
  await page.bringToFront()
  await page.keyboard.press('PageDown')
  const right = wall.getByRole('listitem').filter({ hasText: 'It came true' })
  await expect(right).toContainText('Three, and one of them is new')
  await expect(right).toContainText('1 hand, then 4')

  // The teacher breaks something that the script does not know, and comes back to where the step began.
  await notes.bringToFront()
  await notes.getByRole('button', { name: /kill its container/ }).click()
  await notes.getByRole('button', { name: 'Return to the script' }).click()
  await expect(notes.getByRole('button', { name: 'Return to the script' })).toHaveCount(0)
  await expect(wall).toContainText('Votes hidden')
  await page.bringToFront()
  await page.keyboard.press('b')
  await expect(page.getByRole('button', { name: 'Show the canvas again' })).toBeVisible()
  await page.keyboard.press('b')
  await page.keyboard.press('Escape')
  await expect(wall).toHaveCount(0)
})
