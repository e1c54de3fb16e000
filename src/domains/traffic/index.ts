import type { Domain } from '../../kernel/index.ts'
import { clientKind } from './client.ts'

export {
  type ClientOrder,
  clientId,
  clientKind,
  type Pattern,
  rateOf,
  setRate,
  type TrafficClient,
} from './client.ts'
export { connectionUrl } from './connectionUrl.ts'
export type { Flow, FlowEdge, Resolve, Route, Source } from './flow.ts'
export { flows } from './flows.ts'
export {
  allReaches,
  askName,
  type Caller,
  type Door,
  defineReach,
  doorAt,
  type Horizon,
  type NameAnswer,
  type NameRecord,
  type NameShare,
  nameShares,
  type Reach,
  type Reception,
  type Visit,
} from './reach.ts'
export { readSpan } from './span.ts'
export type { Station, StationLoad } from './station.ts'
export { type Traced, traceRequest } from './tracing.ts'
export { type Measure, trafficProgram } from './trafficProgram.ts'
export { trafficSteps } from './trafficSteps.ts'

/** Load generators. Knows nothing of what answers them: that is for the domains whose addresses are called. */
export const traffic: Domain = { name: 'traffic', kinds: [clientKind], controllers: [], derived: [], views: [] }
export {
  defineWire,
  openWire,
  overWire,
  type Wire,
  type Wired,
  type WireOpened,
  type WireOutcome,
  type WireRequest,
  wireRoutes,
} from './wire.ts'
