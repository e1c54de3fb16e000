export { Learn } from './Learn.tsx'
