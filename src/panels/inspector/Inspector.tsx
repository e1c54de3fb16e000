import { useCallback, useState } from 'react'
import { useView } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { Tabs } from '../../ui/index.ts'
import { type InspectorTab, useDialogs, useLayout, useSelection } from '../../workspace/index.ts'
import { EventsTab } from './EventsTab.tsx'
import { GraphTab } from './GraphTab.tsx'
import { InspectorHead } from './InspectorHead.tsx'
import { LargeState } from './LargeState.tsx'
import { LogsTab } from './LogsTab.tsx'
import { MetricsTab } from './MetricsTab.tsx'
import { Nothing } from './Nothing.tsx'
import { SourceTab } from './SourceTab.tsx'
import { StateTab } from './StateTab.tsx'
import { useSamples } from './useSamples.ts'
import { WhyTab } from './WhyTab.tsx'

/** What is selected, in full: why it is as it is, its lifecycle, its source, its events and its figures. Fills its column. */
export function Inspector({ onEdit, onClose }: InspectorProps) {
  const id = useSelection((selection) => selection.selected[0])
  if (id === undefined) return <Nothing onClose={onClose} />
  return <Selected key={id} id={id} onEdit={onEdit} onClose={onClose} />
}

export interface InspectorProps {
  /** Opens the source of an entity in the editor; without it there is no Edit button. */
  onEdit?: ((id: string) => void) | undefined
  /** Closes the panel; without it there is no button. */
  onClose?: (() => void) | undefined
}

function Selected({ id, onEdit, onClose }: InspectorProps & { id: string }) {
  const inspection = useView<Inspection | null>('inspect', { id })
  const tab = useLayout((layout) => layout.inspectorTab)
  const openInspector = useLayout((layout) => layout.openInspector)
  const [large, setLarge] = useState(false)
  const samples = useSamples(inspection?.look, inspection?.now ?? 0)
  const openLarge = useCallback(() => setLarge(true), [])
  if (inspection === undefined) return <div className="h-full bg-panel" aria-busy="true" />
  if (inspection === null) return <Nothing gone={id} onClose={onClose} />
  const { source, graph } = inspection
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <InspectorHead inspection={inspection} onClose={onClose} />
      <Tabs<InspectorTab>
        label={`What to see of ${inspection.name}`}
        value={
          (tab === 'source' && !source) || (tab === 'graph' && !graph) || (tab === 'logs' && !inspection.logs)
            ? 'why'
            : tab
        }
        onChange={(next) => openInspector(next)}
        tabs={[
          {
            id: 'why',
            label: 'Why',
            content: <WhyTab inspection={inspection} onDecision={useDialogs.getState().stage} />,
          },
          { id: 'state', label: 'State', content: <StateTab inspection={inspection} onLarge={openLarge} /> },
          ...(graph
            ? [
                {
                  id: 'graph' as const,
                  label: 'Graph',
                  content: <GraphTab view={graph.view} params={graph.params} name={inspection.name} />,
                },
              ]
            : []),
          ...(source
            ? [
                {
                  id: 'source' as const,
                  label: source.language.toUpperCase(),
                  content: <SourceTab inspection={inspection} onEdit={onEdit} />,
                },
              ]
            : []),
          {
            id: 'events',
            label: 'Events',
            count: inspection.events.length,
            content: <EventsTab inspection={inspection} />,
          },
          ...(inspection.logs
            ? [{ id: 'logs' as const, label: 'Logs', content: <LogsTab id={inspection.id} name={inspection.name} /> }]
            : []),
          { id: 'metrics', label: 'Metrics', content: <MetricsTab inspection={inspection} samples={samples} /> },
        ]}
      />
      {large ? <LargeState inspection={inspection} onClose={() => setLarge(false)} /> : null}
    </div>
  )
}
