import { eventMarkNames, eventMarkShapes } from './EventMark.tsx'
import { statusGlyphShapes } from './Glyph.tsx'
import type { Status } from './status.ts'

/** The sprite. Mount it once, first in the page: every Glyph and EventMark points into it by id; a Pictogram into `PictogramSprite`. */
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
    </svg>
  )
}
