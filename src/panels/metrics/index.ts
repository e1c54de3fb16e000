export { Metrics } from './Metrics.tsx'
