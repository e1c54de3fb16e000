import Ellipsis from 'lucide-react/icons/ellipsis'
import Zap from 'lucide-react/icons/zap'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { Menu, type MenuEntry, type MenuGroup, VisuallyHidden } from '../../ui/index.ts'
import { runAction } from '../../workspace/index.ts'

type Action = Inspection['actions'][number]

/** What can be done to it, each with the line that it is; faults apart, removals last. */
export function ActionsMenu({ inspection }: { inspection: Inspection }) {
  const lab = useLab()
  const { id, actions, name } = inspection
  if (actions.length === 0) return null
  const entry = (action: Action): MenuEntry => ({
    id: action.id,
    danger: action.sort === 'danger',
    icon: action.sort === 'fault' ? <Zap size={14} strokeWidth={1.75} aria-hidden="true" /> : undefined,
    label: (
      <>
        {action.label}
        <code className="mono block max-w-[280px] truncate text-11 text-muted">{action.line}</code>
      </>
    ),
    run: () => void runAction(lab, id, action, 'inspector'),
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
