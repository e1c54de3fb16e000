export { Timeline, type TimelineProps } from './Timeline.tsx'
export { clockText, leftText, lengthText, readTime } from './timeText.ts'
