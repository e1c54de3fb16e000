export { Events } from './Events.tsx'
