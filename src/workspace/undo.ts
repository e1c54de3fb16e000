import type { LabClient } from '../host/client.ts'
import type { FileHandler, Made, Source } from '../host/views/index.ts'
import { type Edit, useEdits } from './edits.ts'
import { usePositions } from './positions.ts'
import { endOf, sourcesOf, takeInLines } from './runEdit.ts'
import { word, writeLine } from './writeLine.ts'

/** What came of undoing or of doing again, in one sentence. */
export interface Outcome {
  readonly done: boolean
  readonly says: string
}

type CommandEdit = Extract<Edit, { sort: 'command' }>

/**
 * Takes back the newest edit. A move on the canvas goes back; command lines are followed by their inverse: what they made is taken away,
 * what they took away is made again from its file, what they changed is put back as it was. Time goes on; going back in it is the timeline's.
 */
export async function undo(lab: LabClient): Promise<Outcome> {
  const edit = useEdits.getState().done.at(-1)
  if (!edit) return { done: false, says: 'There is no edit of yours to undo.' }
  if (edit.sort === 'move') {
    usePositions.getState().restore(edit.before)
    useEdits.getState().takeBack()
    return { done: true, says: 'Undid the move. The world knows nothing of places on the canvas.' }
  }
  const inverse = await inverseOf(lab, edit)
  if (inverse === 'nothing') {
    useEdits.getState().forget()
    return undo(lab)
  }
  if ('refuse' in inverse) {
    if (!inverse.keep) useEdits.getState().forget()
    return { done: false, says: inverse.refuse }
  }
  for (const line of inverse.lines) await lab.command(line, 'main', 'canvas')
  useEdits.getState().takeBack()
  return { done: true, says: `Undid: ${titleOf(edit)}. ${inverse.says}` }
}

/** Does again what was taken back last: the same lines, given now. */
export async function redo(lab: LabClient): Promise<Outcome> {
  const edit = useEdits.getState().undone.at(-1)
  if (!edit) return { done: false, says: 'There is nothing to do again.' }
  if (edit.sort === 'move') {
    usePositions.getState().restore(edit.after)
    useEdits.getState().again(edit)
    return { done: true, says: 'Moved again.' }
  }
  const { end } = await endOf(lab)
  const changed = await sourcesOf(
    lab,
    edit.changed.map(({ id }) => id),
  )
  for (const line of edit.lines) await lab.command(line, 'main', edit.by)
  useEdits.getState().again({ ...edit, since: end, changed })
  return { done: true, says: `Did again: ${titleOf(edit)}.` }
}

type Inverse =
  /** The lines changed nothing: they only asked. */
  | 'nothing'
  | { readonly lines: readonly string[]; readonly says: string }
  | { readonly refuse: string /** Whether it can be tried again later. */; readonly keep: boolean }

async function inverseOf(lab: LabClient, edit: CommandEdit): Promise<Inverse> {
  const made = (await lab.ask('made', { lines: [...edit.lines], since: edit.since })) as Made
  if (made.given && edit.fault)
    return {
      refuse: `What was broken on purpose is not taken back: ${titleOf(edit)}. Mend it in the world, or go back on the timeline.`,
      keep: false,
    }
  if (!made.given)
    return {
      refuse: `${titleOf(edit)} was not given on this branch before this moment, so there is nothing to undo here.`,
      keep: true,
    }
  const [young, handlers] = await Promise.all([
    sourcesOf(lab, [...made.ids].reverse()),
    lab.ask('fileHandlers') as Promise<readonly FileHandler[]>,
  ])
  const away = young.flatMap(({ remove }) => remove ?? [])
  const back = edit.gone.flatMap((one) => rebuilt(one, handlers))
  const present = new Map(
    (
      await sourcesOf(
        lab,
        edit.changed.map(({ id }) => id),
      )
    ).map(({ id, restore }) => [id, restore?.text]),
  )
  const put = edit.changed.flatMap(({ id, restore }) => {
    if (!restore || !present.has(id) || present.get(id) === restore.text) return []
    const path = pathFor(id, restore.text.startsWith('{') ? 'json' : 'yaml')
    return [writeLine(path, restore.text), restore.line.replace('FILE', word(path))]
  })
  const lines = [...away, ...back, ...put]
  if (lines.length === 0) return edit.gone.length === 0 ? 'nothing' : { refuse: impossible(edit), keep: false }
  return {
    lines,
    says:
      back.length > 0
        ? 'What is there now is new: time goes on.'
        : put.length > 0
          ? 'It is set as it was before; time goes on.'
          : 'It is taken away again; that it was there stays in the past.',
  }
}

function rebuilt({ id, file, owner }: Source, handlers: readonly FileHandler[]): readonly string[] {
  if (!file || owner !== undefined) return []
  return takeInLines(pathFor(id, file.language), file.text, handlers) ?? []
}

/** Why lines cannot be taken back. */
function impossible(edit: CommandEdit): string {
  const owner = edit.gone.find((one) => one.owner !== undefined)?.owner
  const instead = 'To see it without, go back on the timeline and act there.'
  return owner === undefined
    ? `Nothing takes back: ${titleOf(edit)}. ${instead}`
    : `Nothing to undo for: ${titleOf(edit)}. ${owner} owned it and makes another by itself. ${instead}`
}

/** What an edit is called: its last line, which is what was done; those before it write files. */
function titleOf(edit: CommandEdit): string {
  if (edit.title !== undefined) return edit.title
  const shown = edit.lines.filter((line) => !/^(cat|printf) /.test(line))
  const [first = ''] = (shown.at(0) ?? edit.lines.at(-1) ?? '').split('\n')
  const brief = first.length > 72 ? `${first.slice(0, 71)}…` : first
  return shown.length > 1 ? `${brief} and ${shown.length - 1} more` : brief
}

/** Where the file of a thing is written to. */
export function pathFor(id: string, language: string): string {
  const name = id
    .split('/')
    .slice(-2)
    .join('-')
    .replace(/[^A-Za-z0-9.-]/g, '-')
  return `/home/learner/${name}.${language}`
}
