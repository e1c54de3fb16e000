import Pencil from 'lucide-react/icons/pencil'
import { useMemo } from 'react'
import { useView } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { Button, CodeBlock } from '../../ui/index.ts'

/** The real object as text. Editing it is the editor's work, and ends in a command line. */
export function SourceTab({
  inspection,
  onEdit,
}: {
  inspection: Inspection
  onEdit?: ((id: string) => void) | undefined
}) {
  const { source, name, id } = inspection
  const filled = useView<readonly number[]>('filled', { id })
  const quiet = useMemo(() => new Set(filled), [filled])
  if (!source) return null
  return (
    <div className="grid grid-cols-1 gap-2.5 p-3.5">
      <div className="flex items-center gap-2">
        <code className="mono min-w-0 flex-1 truncate text-12 text-muted" data-tip={source.apply}>
          {source.apply.replace(/\bFILE\b/, `${name}.${source.language}`)}
        </code>
        {onEdit ? (
          <Button
            size="sm"
            icon={<Pencil size={13} strokeWidth={1.75} aria-hidden="true" />}
            onClick={() => onEdit(id)}
          >
            Edit
          </Button>
        ) : null}
      </div>
      {quiet.size > 0 ? (
        <p className="sub m-0">
          <span className="text-muted">Grey lines</span> were filled in by the system: defaults, bookkeeping and status.
        </p>
      ) : null}
      <CodeBlock label={`${name} as ${source.language.toUpperCase()}`} code={source.text} numbers quiet={quiet} />
    </div>
  )
}
