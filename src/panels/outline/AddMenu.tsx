import Plus from 'lucide-react/icons/plus'
import { useLab, useView } from '../../host/react.ts'
import type { Inspection, Meaning, OutlineItem, PaletteEntry } from '../../host/views/index.ts'
import { announce, Button, Menu, Pictogram, toast } from '../../ui/index.ts'
import { runEdit } from '../../workspace/index.ts'

/** Everything that can be placed; into the thing that the tree stands at, where that holds such things. */
export function AddMenu({ into }: { into: OutlineItem | undefined }) {
  const lab = useLab()
  const palette = useView<readonly PaletteEntry[]>('palette') ?? []
  const place = async (entry: PaletteEntry) => {
    const there = into && ((await lab.ask('inspect', { id: into.id })) as Inspection | null)
    const fits = there && entry.into.includes(there.kind)
    const meaning = (await lab.ask('gesture', { place: entry.id, ...(fits ? { into: there.id } : {}) })) as Meaning
    if ('refuse' in meaning) toast({ status: 'warn', text: meaning.refuse })
    else {
      await runEdit(lab, [meaning.line], { by: 'outline', changes: fits ? [there.id] : [] })
      announce(`${entry.label} added${fits ? ` to ${there.name}` : ''}`)
    }
  }
  const groups = [...new Set(palette.map(({ group }) => group))]
  return (
    <Menu
      trigger={
        <Button size="sm" icon={<Plus size={14} aria-hidden="true" />}>
          Add
        </Button>
      }
      groups={groups.map((group) => ({
        id: group,
        label: group,
        entries: palette
          .filter((entry) => entry.group === group)
          .map((entry) => ({
            id: entry.id,
            label: entry.label,
            icon: <Pictogram name={entry.pictogram} size={14} />,
            run: () => void place(entry),
          })),
      }))}
    />
  )
}
