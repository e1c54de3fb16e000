import type { LabClient } from '../../../host/client.ts'
import type { Source } from '../../../host/views/index.ts'
import { announce, toast } from '../../../ui/index.ts'
import { copied, duplicated, pasted, runEdit, sourcesOf, undo, useLayout } from '../../../workspace/index.ts'

/** Takes things away by the command that each has for it; what can be taken back is offered to be. */
export async function removeThings(lab: LabClient, ids: readonly string[]): Promise<void> {
  const sources = await sourcesOf(lab, ids)
  const going = sources.filter(({ remove }) => remove !== undefined)
  if (going.length === 0) {
    toast({ status: 'warn', text: `There is no command that takes ${told(sources)} away.` })
    return
  }
  const lines = [...new Set(going.flatMap(({ remove }) => remove ?? []))]
  await runEdit(lab, lines, { by: 'canvas', removes: going.map(({ id }) => id) })
  toast({
    text: `Taken away: ${told(going)}.`,
    detail: lines[0],
    action: { label: 'Undo', run: () => void undone(lab) },
  })
}

/** Puts the real files of things on the clipboard, as one text. */
export async function copyThings(lab: LabClient, ids: readonly string[]): Promise<void> {
  const { text, with: files, without } = await copied(lab, ids)
  if (files.length === 0) {
    toast({ status: 'warn', text: `${told(without)} has no file of its own to copy.` })
    return
  }
  try {
    await navigator.clipboard.writeText(text)
    toast({
      text: `Copied ${told(files)} as ${[...new Set(files.map(({ file }) => file?.language.toUpperCase()))].join(' and ')}.`,
    })
  } catch {
    toast({ status: 'err', text: 'The browser did not let the text onto its clipboard.' })
  }
}

/** Makes things once more under new names. */
export async function duplicateThings(lab: LabClient, ids: readonly string[]): Promise<void> {
  const { names, without } = await duplicated(lab, ids)
  if (names.length === 0)
    toast({ status: 'warn', text: `${told(without)} has no file of its own to make another from.` })
  else toast({ text: `Made ${listed(names)}.`, action: { label: 'Undo', run: () => void undone(lab) } })
}

/** Takes a pasted text in as files. What the tools say of it is in the terminal. */
export async function pasteText(lab: LabClient, text: string): Promise<void> {
  if (text.trim() === '') return
  const { taken, rest } = await pasted(lab, text)
  if (rest.length > 0) {
    const [first = ''] = (rest[0]?.text ?? '').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
    toast({
      status: 'warn',
      text: `Nothing here takes in ${rest.length === 1 ? 'a text' : `${rest.length} texts`} that ${rest.length === 1 ? 'begins' : 'begin'} with “${first.slice(0, 48)}”.`,
    })
  }
  if (taken > 0) {
    useLayout.getState().openDock('terminal')
    announce(`${taken} ${taken === 1 ? 'file' : 'files'} pasted`)
  }
}

/** Takes back the newest edit, and says what that meant. */
async function undone(lab: LabClient): Promise<void> {
  const { done, says } = await undo(lab)
  toast({ text: says, ...(done ? {} : { status: 'warn' as const }) })
}

function told(sources: readonly Source[]): string {
  if (sources.length === 0) return 'this'
  return listed(sources.map(({ label, name }) => `${label} ${name}`))
}

function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names.length} things`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
