import { type PictogramPath, pictogramPaths } from './pictogramPaths.ts'

/** The pictures of kinds as symbols, for every Pictogram of the page. Apart from the other symbols, since a quiz shows none of them. */
export function PictogramSprite() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true" focusable="false">
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
