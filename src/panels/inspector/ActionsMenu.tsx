import Ellipsis from 'lucide-react/icons/ellipsis'
import Zap from 'lucide-react/icons/zap'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { Menu, type MenuEntry, type MenuGroup, VisuallyHidden } from '../../ui/index.ts'

type Action = Inspection['actions'][number]

/** What can be done to it, each with the line that it is; faults apart, removals last. */
export function ActionsMenu({ inspection }: { inspection: Inspection }) {
  const lab = useLab()
  const { actions, name } = inspection
  if (actions.length === 0) return null
  const entry = ({ id, label, line, sort }: Action): MenuEntry => ({
    id,
    danger: sort === 'danger',
    icon: sort === 'fault' ? <Zap size={14} strokeWidth={1.75} aria-hidden="true" /> : undefined,
    label: (
      <>
        {label}
        <code className="mono block max-w-[280px] truncate text-11 text-muted">{line}</code>
      </>
    ),
    run: () => void lab.command(line, undefined, sort === 'fault' ? 'fault' : 'inspector'),
  })
  const groups: MenuGroup[] = [
    { id: 'actions', entries: actions.filter(({ sort }) => sort === undefined).map(entry) },
    { id: 'faults', label: 'Break it', entries: actions.filter(({ sort }) => sort === 'fault').map(entry) },
    { id: 'danger', entries: actions.filter(({ sort }) => sort === 'danger').map(entry) },
  ]
  return (
    <Menu
      align="end"
      groups={groups.filter(({ entries }) => entries.length > 0)}
      trigger={
        <button type="button" className="ib sm" data-tip="Actions">
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
          <VisuallyHidden>Actions on {name}</VisuallyHidden>
        </button>
      }
    />
  )
}
