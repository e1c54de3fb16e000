// Nothing is lost: a reload finds the same moment on the same branch, and a link carries it to another browser.
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

async function acted(bench: Bench): Promise<void> {
  await bench.type('kubectl scale deployment web --replicas=5')
  await bench.runOn('1 min')
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(5)
  const end = await bench.now()
  await bench.timeline.getByRole('slider', { name: 'Time of the world' }).press('PageDown')
  await expect.poll(() => bench.now()).toBeLessThan(end)
  await bench.type('kubectl scale deployment web --replicas=2')
  await expect(bench.timeline).toContainText('2 branches')
  await bench.runOn('1 min')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(2)
}

/** The moment at which the world that was kept last stands. */
function keptAt(page: Page): Promise<number | undefined> {
  return page.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const shelf = (await wait(indexedDB.open('keyval-store'))).transaction('keyval').objectStore('keyval')
    const kept = (await wait(shelf.get('orrery.shelf'))) as { save: { at: number } }[] | undefined
    return kept?.[0]?.save.at
  })
}

test('a reload finds everything', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await acted(bench)
  const now = await bench.now()
  const pods = await bench.names(bench.thing(/^Pod web-/))
  const { fingerprint } = await bench.share()
  // It is kept a second after the last change.
  await expect.poll(() => keptAt(page)).toBe(now)
  await page.reload()
  await expect(bench.canvas).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  await expect(bench.thing(/^Pod web-/)).toHaveCount(2)
  expect(await bench.now()).toBe(now)
  expect(await bench.names(bench.thing(/^Pod web-/))).toEqual(pods)
  await expect(bench.timeline).toContainText('2 branches')
  await expect(bench.timeline.getByRole('button', { name: 'Branch: main' })).toBeHidden()
  await expect(bench.timeline.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  expect((await bench.share()).fingerprint).toBe(fingerprint)
  await page.goto('/#/')
  await expect(page.getByRole('link', { name: /Resume/ })).toContainText('Shop')
})

test('a link opens the same world in another browser', async ({ page, browser }) => {
  const bench = await Bench.open(page, 'shop')
  await acted(bench)
  const pods = await bench.names(bench.thing(/^Pod web-/))
  const { link, fingerprint } = await bench.share()

  const elsewhere = await browser.newContext()
  try {
    const other = new Bench(await elsewhere.newPage())
    await other.page.goto(link)
    await expect(other.canvas).toBeVisible()
    await expect(other.thing(/^Pod web-/)).toHaveCount(2)
    expect(await other.names(other.thing(/^Pod web-/))).toEqual(pods)
    expect(await other.now()).toBe(await bench.now())
    await expect(other.timeline).toContainText('2 branches')
    expect((await other.share()).fingerprint).toBe(fingerprint)
  } finally {
    await elsewhere.close()
  }
})
