import { Dialog, Kbd } from '../../../ui/index.ts'
import { actions } from '../actions/index.ts'

/** Every key: those of the actions, and those that only have a meaning where the focus is. */
export function KeySheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const own = actions.flatMap(({ keys, title }) => (keys === undefined ? [] : [[keys, title] as const]))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" width={720}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Keys title="Everywhere" keys={own} />
        {places.map(({ title, keys }) => (
          <Keys key={title} title={title} keys={keys} />
        ))}
      </div>
    </Dialog>
  )
}

function Keys({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3 className="m-0 mb-2 font-strong text-13">{title}</h3>
      <dl className="m-0 grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-1.5 text-12">
        {keys.map(([key, says]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd keys={key} />
            </dt>
            <dd className="m-0 text-muted">{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const places: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'On the canvas',
    keys: [
      ['Arrows', 'Go from thing to thing'],
      ['Enter', 'Choose it, and look at it from near'],
      ['W', 'Ask why'],
      ['A', 'Add something'],
      ['C', 'Connect: from what, to what'],
      ['M', 'Move into another'],
      ['Ctrl C', 'Copy as real files'],
      ['Ctrl V', 'Paste files: they become things'],
      ['Ctrl D', 'Duplicate under a new name'],
      ['Ctrl A', 'Choose everything'],
      ['Shift Arrows', 'Choose several'],
      ['X', 'What can be done to it, faults too'],
      ['Delete', 'Take away what is chosen'],
      ['F', 'Follow it wherever it goes'],
      ['T', 'Tidy up'],
      ['/', 'Find'],
      ['+ -', 'Zoom'],
      ['Shift 1', 'Fit everything'],
      ['Escape', 'Climb out, then let go'],
    ],
  },
  {
    title: 'In the terminal',
    keys: [
      ['Up Down', 'Walk through the history'],
      ['Ctrl R', 'Search the history'],
      ['Ctrl Shift F', 'Search what was printed'],
      ['Tab', 'Complete what is typed'],
      ['Ctrl C', 'Interrupt'],
      ['Ctrl L', 'Clear the screen'],
      ['Escape', 'Leave the prompt'],
    ],
  },
  {
    title: 'While presenting',
    keys: [
      ['PageDown PageUp', 'Next and previous event'],
      ['F', 'Freeze the world, and let it go on'],
      ['B', 'Blank the wall'],
      ['Escape', 'Leave'],
    ],
  },
]
