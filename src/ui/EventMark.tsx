import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import type { Status } from './status.ts'

/** What lies on the timeline: a prompt is a command, a diamond a deploy, a circle a state, a triangle an alert, a bolt a fault;
 *  `due` is a hollow ring for what has yet to happen. */
export type EventMarkName = 'prompt' | 'diamond' | 'circle' | 'triangle' | 'bolt' | 'due'

/** A mark of 12 px. `x` and `y` place its centre when it is drawn inside another SVG. Colour follows `status`, else the kind. */
export function EventMark({
  name,
  status,
  size = 12,
  x,
  y,
  label,
}: {
  name: EventMarkName
  status?: Status | undefined
  size?: number | undefined
  x?: number | undefined
  y?: number | undefined
  label?: string | undefined
}) {
  const place = x === undefined || y === undefined ? {} : { x: x - size / 2, y: y - size / 2 }
  return (
    <svg
      className={classes('ic', status ? `gl s-${status}` : colours[name])}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      {...place}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <use href={`#m-${name}`} />
    </svg>
  )
}

const colours: Readonly<Record<EventMarkName, string>> = {
  prompt: 'text-text',
  diamond: 'text-rev-new',
  circle: 'text-muted',
  triangle: 'text-muted',
  bolt: 'text-muted',
  due: 'text-edge',
}

/** The marks in the order of the legend. */
export const eventMarkNames: readonly EventMarkName[] = ['prompt', 'diamond', 'circle', 'triangle', 'bolt', 'due']

/** The marks drawn on 12 x 12. The circle is filled with `--tl-bg`, so that the lane does not run through it. */
export const eventMarkShapes: Readonly<Record<EventMarkName, ReactNode>> = {
  prompt: (
    <path
      d="M2.6 2.6 6.4 6 2.6 9.4M7.2 9.6h2.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  diamond: <path d="M6 .9 11.1 6 6 11.1.9 6Z" fill="currentColor" />,
  circle: <circle cx="6" cy="6" r="3" fill="var(--tl-bg, var(--panel))" stroke="currentColor" strokeWidth="1.6" />,
  triangle: <path d="M6 1.4 11 10.4H1Z" fill="currentColor" />,
  bolt: <path d="M6.8 1 2.6 6.8h2.9L5 11l4.4-6H6.4Z" fill="currentColor" />,
  due: <circle cx="6" cy="6" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.5" />,
}
