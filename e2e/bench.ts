import { expect, type Locator, type Page } from '@playwright/test'

/** The workbench as someone uses it who knows things by their roles and names: with a mouse, by keyboard or with a screen reader. */
export class Bench {
  readonly page: Page
  /** The canvas; everything on it is a group named `Pod web-1, Ready`. */
  readonly canvas: Locator
  readonly timeline: Locator
  readonly dock: Locator
  readonly inspector: Locator
  /** What the terminal has printed. */
  readonly output: Locator
  readonly prompt: Locator
  /** Short messages at the lower right. */
  readonly messages: Locator

  constructor(page: Page) {
    this.page = page
    this.canvas = page.getByRole('application', { name: 'Canvas' })
    this.timeline = page.getByRole('region', { name: 'Timeline' })
    this.dock = page.getByRole('region', { name: 'Dock' })
    this.inspector = page.getByRole('region', { name: 'Inspector' })
    this.output = page.getByRole('log', { name: 'Terminal output' })
    this.prompt = page.getByRole('combobox', { name: /^(Command line|Input to the running command)$/ })
    this.messages = page.getByRole('region', { name: 'Messages' })
  }

  /** Opens a ready-made scene, with its world held still, so that time passes only when a test says so. */
  static async open(page: Page, scene: string): Promise<Bench> {
    const bench = new Bench(page)
    await bench.slow()
    // Whoever tests is no newcomer: the list of first things has a test of its own.
    await page.addInitScript(() =>
      localStorage.setItem('orrery.firsts', '{"state":{"done":[],"away":true},"version":1}'),
    )
    await page.goto(`/#/lab/${scene}`)
    await bench.settled()
    await bench.pause()
    return bench
  }

  /** With `ORRERY_SLOW=4` the page has a quarter of this machine, so that what only holds on a fast one is found out. */
  private async slow(): Promise<void> {
    const rate = Number(process.env['ORRERY_SLOW'] ?? 1)
    if (rate <= 1) return
    const session = await this.page.context().newCDPSession(this.page)
    await session.send('Emulation.setCPUThrottlingRate', { rate })
  }

  /** Waits until the page has been loaded and the canvas has taken its place. */
  async settled(): Promise<void> {
    await expect(this.canvas).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
  }

  async pause(): Promise<void> {
    const pause = this.timeline.getByRole('button', { name: 'Pause', exact: true })
    const play = this.timeline.getByRole('button', { name: 'Play', exact: true })
    // A scene begins to play by itself: until it does there is nothing to pause.
    await expect(pause).toBeVisible()
    await pause.click()
    await expect(play).toBeVisible()
  }

  async play(): Promise<void> {
    await this.timeline.getByRole('button', { name: 'Play', exact: true }).click()
  }

  async speed(times: number): Promise<void> {
    await this.timeline.getByRole('button', { name: /^Speed/ }).click()
    await this.page.getByRole('menuitemcheckbox', { name: `${times}×`, exact: true }).click()
    await expect(this.timeline.getByRole('button', { name: `Speed: ${times} times` })).toBeVisible()
  }

  /** Lets virtual time pass at once, by "run until". */
  async runOn(how: '10 s' | '1 min' | '5 min'): Promise<void> {
    const before = await this.now()
    await this.timeline.getByRole('button', { name: 'Run until', exact: true }).click()
    await this.page.getByRole('menuitem', { name: `, ${how} on` }).click()
    await expect.poll(() => this.now()).toBeGreaterThan(before)
    await expect(this.page.getByRole('menu')).toHaveCount(0)
  }

  /** Virtual ms at which the world stands. */
  async now(): Promise<number> {
    return Number(await this.timeline.getByRole('slider', { name: 'Time of the world' }).getAttribute('aria-valuenow'))
  }

  async openDock(tab: 'Terminal' | 'Editor' | 'Metrics' | 'Events' | 'Outline'): Promise<void> {
    await this.find(tab)
    await expect(this.dock.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
  }

  /** Types a line at the prompt. */
  async type(line: string): Promise<void> {
    if (!(await this.prompt.isVisible())) await this.openDock('Terminal')
    await this.prompt.fill(line)
    await this.prompt.press('Enter')
  }

  /** Runs what the command palette finds first for these words. */
  async find(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    const field = this.page.getByRole('combobox', { name: 'Find anything, run anything' })
    await field.fill(words)
    // What can be placed and what there is come after the palette has opened.
    await expect(this.page.getByRole('option', { selected: true })).toContainText(words)
    await field.press('Enter')
    await expect(field).toBeHidden()
  }

  /** Things on the canvas by kind, name and how they fare. */
  thing(name: string | RegExp): Locator {
    return this.canvas.getByRole('group', { name })
  }

  /** Names of the things that fit, in order. */
  async names(things: Locator): Promise<string[]> {
    const labels = await things.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
    return labels.sort()
  }

  /** Does something to a thing by its menu. What holds others is taken by its title. */
  async choose(thing: Locator, entry: string | RegExp, by: 'middle' | 'title' = 'middle'): Promise<void> {
    await thing.click({ button: 'right', ...(by === 'title' ? { position: { x: 24, y: 3 } } : {}) })
    await this.page.getByRole('menuitem', { name: entry }).click()
    await expect(this.page.getByRole('menu')).toHaveCount(0)
  }

  /** Does what an entry of the open menu says, by keyboard. The menu takes the focus when it opens, so that comes first. */
  async enter(entry: string | RegExp): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry })
    await expect(item).toBeVisible()
    await this.page.waitForFunction(() => document.activeElement?.closest('[role=menu]'))
    await item.focus()
    await expect(item).toBeFocused()
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('menu')).toHaveCount(0)
  }

  /** Opens the share dialog and reads its link and the fingerprint of the run. */
  async share(): Promise<{ link: string; fingerprint: string }> {
    await this.page.getByRole('button', { name: 'Share this moment' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Share this moment' })
    const fingerprint = dialog.getByLabel('Fingerprint')
    await expect(fingerprint).toHaveValue(/^[0-9a-f]{64}$/)
    await expect(dialog.getByLabel('Link')).toHaveValue(/#\/s\//)
    const read = { link: await dialog.getByLabel('Link').inputValue(), fingerprint: await fingerprint.inputValue() }
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toBeHidden()
    return read
  }

  /** Drops files onto a place, as from the desktop. */
  async drop(onto: Locator, files: readonly { name: string; text: string }[]): Promise<void> {
    const transfer = await this.page.evaluateHandle((all) => {
      const data = new DataTransfer()
      for (const { name, text } of all) data.items.add(new File([text], name))
      return data
    }, files)
    await onto.dispatchEvent('dragover', { dataTransfer: transfer })
    await onto.dispatchEvent('drop', { dataTransfer: transfer })
  }

  /** Drops one file that is no text onto a place. */
  async dropBytes(onto: Locator, name: string, bytes: Uint8Array): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([name, content]) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(content)], name))
        return data
      },
      [name, [...bytes]] as const,
    )
    await onto.dispatchEvent('dragover', { dataTransfer: transfer })
    await onto.dispatchEvent('drop', { dataTransfer: transfer })
  }

  /** Drops a file or a folder of this machine onto a place, as the desktop does it. */
  async dropPath(onto: Locator, path: string): Promise<void> {
    const box = await onto.boundingBox()
    if (!box) throw new Error('The place is not to be seen')
    const session = await this.page.context().newCDPSession(this.page)
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', {
        type,
        ...at,
        data: { items: [], files: [path], dragOperationsMask: 1 },
      })
  }
}
