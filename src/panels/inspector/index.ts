export { Inspector, type InspectorProps } from './Inspector.tsx'
export type { StatechartProps } from './Statechart.tsx'

export type { ToldPart } from './toldParts.ts'
