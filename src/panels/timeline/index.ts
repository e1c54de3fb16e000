export { Timeline, type TimelineProps } from './Timeline.tsx'
export { clockText, leftText, lengthText } from './timeText.ts'
