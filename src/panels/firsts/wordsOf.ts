import type { Firsts } from '../../host/views/index.ts'
import type { FirstThing } from '../../workspace/index.ts'

/** What a first thing is called and how it is done, in the words of the world that is open. */
export function wordsOf(
  thing: FirstThing,
  seen: Pick<Firsts, 'one' | 'machine'> | undefined,
): { readonly title: string; readonly how: string } {
  const one = seen?.one?.toLowerCase() ?? 'running thing'
  const machine = seen?.machine?.toLowerCase() ?? 'machine'
  switch (thing) {
    case 'kill':
      return {
        title: `Kill ${a(one)}`,
        how: 'Its menu has it: X, the right button or a long press. Then see who notices.',
      }
    case 'scrub':
      return { title: 'Scrub back', how: 'Drag the hand on the timeline to the left. The world goes with it.' }
    case 'why':
      return {
        title: 'Ask why',
        how: 'Choose anything: the inspector tells why it is as it is, back to the line that began it.',
      }
    case 'break':
      return { title: `Break ${a(machine)}`, how: 'Its menu has “Break it”. Let the world run, and watch.' }
    case 'type':
      return {
        title: 'Type a command',
        how: 'The terminal is at the foot (Ctrl `). What the canvas did stands there in grey.',
      }
    case 'build':
      return { title: 'Build something', how: 'Press A on the canvas, or start from a template. Ctrl Z takes it back.' }
  }
}

function a(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}
