import { useStore } from '@xyflow/react'
import { memo } from 'react'
import type { Fleet } from '../../../host/views/fleet.view.ts'
import { Badge, Pictogram } from '../../../ui/index.ts'
import type { FleetLayout } from './fleetLayout.ts'

/** Frames and their names, light and in the page, above the cells. Names keep their size at any zoom; a frame too narrow for one has none. */
export const FleetLabels = memo(function FleetLabels({ fleet, layout }: FleetLabelsProps) {
  const [x, y, zoom] = useStore((state) => state.transform)
  return (
    <div
      className="pointer-events-none absolute left-0 top-0"
      style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})`, transformOrigin: '0 0' }}
    >
      {layout.frames.map(({ index, box, leaf, hosts }) => {
        const frame = fleet.frames[index]
        if (!frame) return null
        const top = frame.parent < 0
        const scale = Math.max(1, 1 / zoom)
        const room = box.w / scale
        return (
          <div
            key={frame.id}
            className={top ? 'absolute rounded-12 border border-line-strong' : 'absolute'}
            style={{ left: box.x, top: box.y, width: box.w, height: box.h, borderWidth: top ? Math.min(4, scale) : 0 }}
          >
            {room < 70 ? null : (
              <div
                className="flex items-center gap-2 overflow-hidden whitespace-nowrap text-12"
                style={{
                  width: room - (top ? 24 : 4),
                  height: ((top ? 36 : 24) * layout.far) / scale,
                  transform: `translate(${top ? 12 : 0}px, 0) scale(${scale})`,
                  transformOrigin: '0 0',
                }}
              >
                {top ? <Pictogram name="region" size={14} className="flex-none text-muted" /> : null}
                <b className={top ? 'text-13 font-strong' : 'font-medium'}>{frame.title}</b>
                {top && frame.note ? <span className="text-muted">{frame.note}</span> : null}
                {room > 170 && (leaf || top) ? (
                  <span className="ml-auto text-11 text-muted">{`${hosts.toLocaleString('en')} ${fleet.words[0].toLowerCase()}`}</span>
                ) : null}
                {frame.tone === 'ok' ? null : (
                  <Badge status={frame.tone} small>
                    {frame.word}
                  </Badge>
                )}
              </div>
            )}
          </div>
        )
      })}
      {fleet.waiting > 0 ? (
        <span
          className="absolute whitespace-nowrap text-12 font-strong text-pend"
          style={{
            left: layout.waiting.x,
            top: layout.waiting.y - 20,
            transform: `scale(${Math.max(1, 1 / zoom)})`,
            transformOrigin: '0 100%',
          }}
        >
          {`${fleet.waiting.toLocaleString('en')} without a place`}
        </span>
      ) : null}
    </div>
  )
}, sameNames)

interface FleetLabelsProps {
  readonly fleet: Pick<Fleet, 'frames' | 'waiting' | 'words'>
  readonly layout: FleetLayout
}

/** A picture whose cells alone have changed has the same names. */
function sameNames(a: FleetLabelsProps, b: FleetLabelsProps): boolean {
  return (
    a.layout === b.layout &&
    a.fleet.waiting === b.fleet.waiting &&
    a.fleet.words.join() === b.fleet.words.join() &&
    a.fleet.frames.every((frame, i) => {
      const other = b.fleet.frames[i]
      return (
        frame.title === other?.title &&
        frame.note === other.note &&
        frame.tone === other.tone &&
        frame.word === other.word
      )
    })
  )
}
