// Someone marks a moment, names it and finds it again.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('a moment is marked with B, named, and found again after a reload', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const marked = await bench.now()
  await bench.canvas.focus()
  await page.keyboard.press('b')
  await bench.timeline.getByRole('button', { name: 'Bookmarks: 1' }).click()
  await page.getByRole('menuitem', { name: 'Name bookmark 1' }).click()
  const dialog = page.getByRole('dialog', { name: /^Bookmark at/ })
  await dialog.getByLabel('Name').fill('before the sale')
  await dialog.getByRole('button', { name: 'Keep the name' }).click()
  await bench.runOn('1 min')
  await bench.timeline.getByRole('button', { name: 'Bookmarks: 1' }).click()
  await page.getByRole('menuitem', { name: /\d before the sale/ }).click()
  await expect.poll(() => bench.now()).toBe(marked)
  // The shelf is written within a second of the last change.
  await expect.poll(() => page.evaluate(shelf)).toContain('before the sale')
  await page.reload()
  await bench.settled()
  await bench.timeline.getByRole('button', { name: 'Bookmarks: 1' }).click()
  await expect(page.getByRole('menuitem', { name: /\d before the sale/ })).toBeVisible()
})

/** What the browser keeps of worlds, as text. */
function shelf(): Promise<string> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('keyval-store')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const asked = opening.result.transaction('keyval').objectStore('keyval').get('orrery.shelf')
      asked.onsuccess = () => resolve(JSON.stringify(asked.result) ?? '')
      asked.onerror = () => reject(asked.error)
    }
  })
}
