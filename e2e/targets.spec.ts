// Whatever can be pressed is large enough: 24 px, and 44 px for fingers (WCAG 2.2, 2.5.8 and 2.5.5), in every state of the page.
import { expect, type Page, test } from '@playwright/test'
import { type Small, smallTargets } from './targets.ts'
import { tours } from './tour.ts'

for (const { name, walk } of tours)
  test(`targets: ${name}`, async ({ page }) => {
    let measured = 0
    await walk(page, async (at, where) => {
      const mouse = await measure(at, 24)
      expect.soft(say(mouse.small), `${where}, by mouse`).toEqual([])
      const finger = await withFinger(at, () => measure(at, 44))
      expect.soft(say(finger.small), `${where}, by finger`).toEqual([])
      measured += mouse.all + finger.all
    })
    expect(measured, 'there was something to press').toBeGreaterThan(10)
  })

/** Looks at the page as it stands with a finger instead of a mouse: only the media query changes, so that no state need be come to twice. */
async function withFinger<T>(page: Page, look: () => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  const coarse = () => page.evaluate(() => matchMedia('(pointer: coarse)').matches)
  await expect.poll(coarse).toBe(true)
  const seen = await look()
  // What was asked of the browser ends with the session.
  await session.detach()
  await expect.poll(coarse).toBe(false)
  return seen
}

function measure(page: Page, least: number): Promise<{ all: number; small: readonly Small[] }> {
  return page.evaluate(smallTargets, least)
}

/** Each sort once, with how many there are of it. */
function say(small: readonly Small[]): readonly string[] {
  const sorts = new Map<string, Small[]>()
  for (const one of small) {
    const sort = `${one.what.replace(/ ".*/, '')} ${Math.round(one.w)} x ${Math.round(one.h)}`
    sorts.set(sort, [...(sorts.get(sort) ?? []), one])
  }
  return [...sorts].map(([sort, all]) => `${all.length} of ${sort}, as ${all[0]?.what.replace(/^[^"]*/, '')}`)
}
