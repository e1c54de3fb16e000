export { FirstThings } from './FirstThings.tsx'
