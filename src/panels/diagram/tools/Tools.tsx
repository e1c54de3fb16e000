import { IconButton, Segmented } from '../../../ui/index.ts'
import { type Lod, useLayout, useOverlays } from '../../../workspace/index.ts'
import { ToolIcon } from '../icons.tsx'

/** The tools at the upper right: how near to look, the small map, requests on their way. */
export function Tools({ map, onMap, onFit, onFind, narrow = false, fleet = false }: ToolsProps) {
  const lod = useLayout((layout) => layout.lod)
  const setLod = useLayout((layout) => layout.setLod)
  const traffic = useLayout((layout) => layout.traffic)
  const setTraffic = useLayout((layout) => layout.setTraffic)
  const { traced, heat, trace, untrace, setHeat } = useOverlays()
  return (
    <div className="dg-tools" role="toolbar" aria-label="View">
      {fleet ? (
        <IconButton label="Everything in view" onClick={onFit}>
          <ToolIcon name="fit" />
        </IconButton>
      ) : narrow ? (
        <>
          <IconButton label="Find on the canvas" keys="/" onClick={onFind}>
            <ToolIcon name="search" />
          </IconButton>
          <IconButton label="Everything in view" keys="Shift 1" onClick={onFit}>
            <ToolIcon name="fit" />
          </IconButton>
        </>
      ) : (
        <>
          <IconButton label="Requests on their way" pressed={traffic} onClick={() => setTraffic(!traffic)}>
            <ToolIcon name="trace" />
          </IconButton>
          <IconButton
            label="Trace one request"
            pressed={traced !== undefined}
            onClick={() => (traced ? untrace() : trace())}
          >
            <ToolIcon name="follow" />
          </IconButton>
          <IconButton label="Where it queues" pressed={heat} onClick={() => setHeat(!heat)}>
            <ToolIcon name="heat" />
          </IconButton>
          <IconButton label="Small map" pressed={map} onClick={() => onMap?.(!map)}>
            <ToolIcon name="map" />
          </IconButton>
        </>
      )}
      <Segmented<Lod>
        label="How near"
        value={lod}
        onChange={setLod}
        options={[
          { id: 'fleet', label: 'Fleet' },
          { id: 'node', label: 'Node' },
          { id: 'pod', label: 'Pod' },
        ]}
      />
    </div>
  )
}

interface ToolsProps {
  readonly map: boolean
  onMap?: ((on: boolean) => void) | undefined
  onFit(): void
  onFind?: (() => void) | undefined
  readonly narrow?: boolean | undefined
  /** Among cells there are neither lines nor a small map. */
  readonly fleet?: boolean | undefined
}
