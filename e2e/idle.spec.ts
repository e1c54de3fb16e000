// A page on which nothing happens does nothing: with less motion wished for, no loop of frames runs, nothing is animated, and what stands still
// is not redrawn.
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

const FRAMES = 40

interface Stretch {
  /** Callbacks for frames that the page asked for. */
  readonly frames: number
  /** Animations and transitions that were running in any of the frames. */
  readonly animations: readonly string[]
  /** Changes of the document. */
  readonly changes: number
}

const NOTHING: Stretch = { frames: 0, animations: [], changes: 0 }

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const native = window.requestAnimationFrame.bind(window)
    const count = window as unknown as { asked: number; frame(then: () => void): void }
    count.asked = 0
    count.frame = (then) => void native(then)
    window.requestAnimationFrame = (callback) => {
      count.asked++
      return native(callback)
    }
  })
})

/** What the page does in a stretch of forty frames. */
function stretch(page: Page): Promise<Stretch> {
  return page.evaluate(
    (frames) =>
      new Promise<Stretch>((done) => {
        const { asked: before, frame } = window as unknown as { asked: number; frame(then: () => void): void }
        const animations = new Set<string>()
        let changes = 0
        const observer = new MutationObserver((all) => {
          changes += all.length
        })
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        const next = (left: number) =>
          frame(() => {
            for (const one of document.getAnimations())
              if (one.playState === 'running') animations.add((one as CSSAnimation).animationName ?? one.id)
            if (left > 0) return next(left - 1)
            observer.disconnect()
            const { asked } = window as unknown as { asked: number }
            done({ frames: asked - before, animations: [...animations], changes })
          })
        next(frames)
      }),
    FRAMES,
  )
}

/** What was begun comes to its end, and then nothing goes on: a loop never gets there. */
async function still(page: Page, where: string): Promise<void> {
  await expect.poll(() => stretch(page), { message: where }).toEqual(NOTHING)
}

test('the workbench, its dialogs and overlays do nothing while the world is held', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  await still(page, 'workbench')
  await bench
    .thing(/^Pod web-/)
    .first()
    .click()
  for (const tab of ['Why', 'State']) {
    await bench.inspector.getByRole('tab', { name: tab }).click()
    await still(page, tab)
  }
  for (const tab of ['Editor', 'Metrics', 'Events', 'Outline'] as const) {
    await bench.openDock(tab)
    await still(page, tab)
  }
  for (const words of [
    'Zoom to Pod',
    'Zoom to Fleet',
    'Zoom to Node',
    'Trace one request',
    'Show or hide where it queues',
  ]) {
    await bench.find(words)
    await still(page, words)
  }
  await bench.find('Share this moment')
  await expect(page.getByRole('dialog').getByLabel('Fingerprint')).toHaveValue(/^[0-9a-f]{64}$/)
  await still(page, 'share')
  await page.keyboard.press('Escape')
  await bench.find('Present to a class')
  await still(page, 'wall')
})

test('a theatre does nothing by itself', async ({ page }) => {
  const bench = await Bench.open(page, 'crowded')
  await bench
    .thing(/^Pod web-.*, Pending/)
    .first()
    .click()
  await bench.inspector.getByRole('button', { name: 'Step through the decision' }).click()
  await expect(page.getByRole('region', { name: /^Theatre/ }).getByText(/step \d+ of \d+/)).toBeVisible()
  await still(page, 'theatre')
})

test('the first page, lessons and questions do nothing until someone does', async ({ page }) => {
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await still(page, 'home: nothing plays by itself')
  await page.goto('/#/learn')
  await expect(page.getByRole('heading', { name: 'Lessons', level: 1 })).toBeVisible()
  await still(page, 'learn')
  await page.goto('/#/learn/a-pod-dies')
  await page.getByRole('region', { name: 'Lesson' }).getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('region', { name: /^Predict/ })).toBeVisible()
  await still(page, 'gate')
  await page.goto('/#/quiz/class/AAAAA/1')
  await expect(page.getByRole('form', { name: 'Question 1' })).toBeVisible()
  await still(page, 'question')
})

test('a world that runs with less motion is redrawn by its events, not by a loop; with motion it is a loop', async ({
  page,
}) => {
  const bench = await Bench.open(page, 'shop')
  await still(page, 'held')
  await bench.play()
  await expect
    .poll(async () => {
      const { frames, animations, changes } = await stretch(page)
      return { loop: frames >= FRAMES, animations, alive: changes > 0 }
    })
    .toEqual({ loop: false, animations: [], alive: true })
  // The counter counts: dots in flight need every frame.
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(async () => (await stretch(page)).frames).toBeGreaterThanOrEqual(FRAMES / 4)
  await bench.pause()
  await still(page, 'held again, with motion')
})
