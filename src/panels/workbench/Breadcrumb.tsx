import ChevronRight from 'lucide-react/icons/chevron-right'
import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { useLayout, useSelection } from '../../workspace/index.ts'

/** Where the selected thing stands, from the whole fleet inwards. Each step climbs out to there. */
export function Breadcrumb() {
  const lab = useLab()
  const [id] = useSelection((selection) => selection.selected)
  const [within, setWithin] = useState<readonly (readonly [id: string, name: string])[]>([])
  useEffect(() => {
    let left = false
    setWithin([])
    if (id !== undefined) {
      void lab.ask('inspect', { id }).then(
        (found) => {
          const place = found as Inspection | null
          if (!left) setWithin(place?.within.map((one) => [one, place.called[one] ?? one] as const) ?? [])
        },
        () => {},
      )
    }
    return () => {
      left = true
    }
  }, [lab, id])
  return (
    <nav aria-label="Where" className="min-w-0 overflow-hidden">
      <ol className="crumbs">
        <li>
          <button type="button" onClick={() => useLayout.getState().setLod('fleet')}>
            Fleet
          </button>
        </li>
        {within.map(([place, name], i) => (
          <li key={place}>
            <ChevronRight size={13} aria-hidden="true" />
            <button
              type="button"
              aria-current={i === within.length - 1 ? 'location' : undefined}
              onClick={() => {
                useSelection.getState().select(place)
                if (useLayout.getState().lod === 'fleet') useLayout.getState().setLod('node')
              }}
            >
              {name}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
