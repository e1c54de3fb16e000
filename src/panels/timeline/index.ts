export { Timeline, type TimelineProps } from './Timeline.tsx'
export { clockText, leftText, lengthText, readTime, wholeText } from './timeText.ts'
export { usePast } from './usePast.ts'
export { useSteadyView } from './useSteadyView.ts'
