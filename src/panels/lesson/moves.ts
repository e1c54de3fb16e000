import type { LabClient } from '../../host/client.ts'
import type { Clock, SessionState } from '../../host/views/index.ts'
import { INTERRUPT } from '../../kernel/event.ts'
import type { Beat } from '../../teaching/lesson/lesson.ts'
import { sceneText } from '../../teaching/lesson/ownTexts.ts'
import type { PredictBlock } from '../../teaching/lesson/schema.ts'
import { worldOf } from '../../teaching/lesson/world.ts'
import { useGhost, useLayout, useSelection } from '../../workspace/index.ts'
import type { Place } from '../../workspace/places.ts'
import { openWorld } from '../workbench/worlds/openWorld.ts'

/** How far the world is run on at once while a line is awaited, in virtual ms, and how often. */
const STRIDE = 500
const MOST_STRIDES = 240

export async function clockOf(lab: LabClient): Promise<Clock> {
  return (await lab.ask('clock')) as Clock
}

/** Opens the world in which a lesson or a beat begins. Nobody's own world is touched: this one is not kept. */
export async function openStart(lab: LabClient, title: string, text: string, seed: number): Promise<void> {
  await openWorld(lab, worldOf(text, seed).save, { title, playing: true })
}

/** Opens the world as it was when the learner's place was kept; false when it does not run any more. */
export async function openPlace(lab: LabClient, title: string, { save }: Place): Promise<boolean> {
  return openWorld(lab, save, { title, playing: true }).then(
    () => true,
    () => false,
  )
}

/** Does what a beat begins with. */
export async function beginBeat(lab: LabClient, { world, predict }: Beat, title: string, seed: number): Promise<void> {
  useGhost.getState().clear()
  if (world?.scene !== undefined) await openStart(lab, title, sceneText(world.scene) ?? '', seed)
  if (world?.panel) useLayout.getState().openDock(world.panel)
  if (world?.lines) {
    await freePrompt(lab)
    const lines = (await lab.ask('lines', { script: world.lines })) as readonly string[]
    for (const line of lines) await lab.command(line, 'main', 'lesson')
    await settled(lab)
  }
  if (world?.pass) await lab.seek((await clockOf(lab)).now + world.pass)
  if (world?.select) {
    const id = (await lab.ask('youngest', { id: world.select })) as string | null
    if (id !== null) useSelection.getState().select(id)
  }
  if (predict) await holdWorld(lab, predict)
  else if (world?.hold) await lab.pause()
  else await lab.play(1)
}

/** Brings the world to the moment at which a prediction is asked for, and stops it there. */
async function holdWorld(lab: LabClient, { held }: PredictBlock): Promise<void> {
  await lab.pause()
  if (!held || 'line' in held) return
  if (held.after !== undefined) {
    await freePrompt(lab)
    await lab.command(held.after, 'main', 'lesson')
  }
  const found = (await lab.ask('until', { next: 'event', type: held.event, about: held.about ?? '*' })) as {
    at: number
  } | null
  if (found) await lab.seek(Math.max((await clockOf(lab)).now, found.at - 1))
}

/** Lets a prediction come true: the line is given, the world runs, fast enough to be watched. Resolves with the place of the true option. */
export async function reveal(
  lab: LabClient,
  { held, run, truth, options }: PredictBlock,
  watch: boolean,
): Promise<number | undefined> {
  if (held && 'line' in held) {
    await freePrompt(lab)
    await lab.command(held.line, 'main', 'lesson')
  }
  await watched(lab, (await clockOf(lab)).now + run, run, watch)
  await settled(lab)
  const output = ((await lab.ask('output', { line: truth })) as string | null)?.trim()
  const place = options.findIndex((option) => (option.output ?? option.says).trim() === output)
  await lab.play(1)
  return place < 0 ? undefined : place
}

/** Shows once more what came: back to the moment of the prediction, and on through it before one's eyes. */
export async function watchAgain(lab: LabClient, from: number, run: number, watch: boolean): Promise<void> {
  await lab.pause()
  await lab.seek(from)
  await watched(lab, from + run, run, watch)
  await lab.play(1)
}

/** Runs to a moment, at a pace at which it can be watched or at once. */
async function watched(lab: LabClient, end: number, run: number, watch: boolean): Promise<void> {
  if (watch) {
    await lab.play(Math.max(1, run / WATCHED))
    await reached(lab, end)
  }
  await lab.pause()
  if ((await clockOf(lab)).now < end) await lab.seek(end)
}

/** Real ms in which a prediction comes true before one's eyes, and how long it may take at most. */
const WATCHED = 5000
const MOST_WATCHED = 9000

function reached(lab: LabClient, end: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = lab.subscribe('clock', null, (clock) => {
      if ((clock as Clock).now >= end) finish()
    })
    const timer = setTimeout(() => finish(), MOST_WATCHED)
    const finish = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })
}

/** Ends what runs in the terminal, so that a line of the lesson is not taken for its input. */
async function freePrompt(lab: LabClient): Promise<void> {
  const session = (await lab.ask('session', { session: 'main' })) as SessionState
  if (session.busy) await lab.command(INTERRUPT)
}

async function settled(lab: LabClient): Promise<void> {
  for (let i = 0; i < MOST_STRIDES; i++) {
    if (!((await lab.ask('session', { session: 'main' })) as SessionState).busy) return
    await lab.seek((await clockOf(lab)).now + STRIDE)
  }
}

/** Goes back and goes on from there on a branch of its own: what was done since is kept on the one before. */
export async function goBack(lab: LabClient, at: number, says: string): Promise<void> {
  await lab.seek(at)
  await lab.command(`# ${says}`, 'main', 'lesson')
  await lab.play(1)
}
