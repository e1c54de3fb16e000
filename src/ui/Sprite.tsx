import { eventMarkNames, eventMarkShapes } from './EventMark.tsx'
import { statusGlyphShapes } from './Glyph.tsx'
import { type PictogramPath, pictogramPaths } from './pictogramPaths.ts'
import type { Status } from './status.ts'

/** The one sprite. Mount it once, first in the page: every Glyph, EventMark and Pictogram points into it by id. */
export function Sprite() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true" focusable="false">
      {(Object.keys(statusGlyphShapes) as Status[]).map((status) => (
        <symbol key={status} id={`g-${status}`} viewBox="0 0 14 14">
          {statusGlyphShapes[status]}
        </symbol>
      ))}
      {eventMarkNames.map((name) => (
        <symbol key={name} id={`m-${name}`} viewBox="0 0 12 12">
          {eventMarkShapes[name]}
        </symbol>
      ))}
      {Object.entries<PictogramPath>(pictogramPaths).map(([name, shape]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 16 16">
          <path
            d={shape.line}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinecap="round"
            strokeLinejoin="round"
            strokeDasharray={shape.dashed ? '2 1.9' : undefined}
          />
          {shape.dot ? <path d={shape.dot} fill="currentColor" /> : null}
        </symbol>
      ))}
    </svg>
  )
}
