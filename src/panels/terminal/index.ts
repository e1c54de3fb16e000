export { Terminals } from './Terminals.tsx'
