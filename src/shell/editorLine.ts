import type { Emission } from '../kernel/event.ts'
import type { World } from '../kernel/world.ts'
import type { Session } from './session.ts'

/**
 * Models: vi's `:w`, `:wq`, `:x`, `:q` and `:q!`, given to the lab's editor while a program waits for it. What follows the command on
 * further lines is the text of the file: the editor itself is a panel of the page, so its text comes with the line. Undefined for any other line.
 */
export function editorLine(session: Session, line: string, world: World): readonly Emission[] | undefined {
  const { editor } = session
  if (!editor) return undefined
  const [, command, rest] = /^:(wq!?|x|w!?|q!?)(?:\n([\s\S]*))?$/.exec(line) ?? []
  if (command === undefined) return undefined
  const { path } = editor
  if (command.startsWith('q')) return [{ to: session.id, type: 'EditorClosed', data: {} }]
  if (command.startsWith('wq') || command === 'x')
    return [{ to: session.id, type: 'EditorClosed', data: rest === undefined ? {} : { path, text: rest } }]
  return rest === undefined
    ? []
    : [{ to: session.id, type: 'FilesChanged', data: { [path]: { text: rest, at: world.now } } }]
}
