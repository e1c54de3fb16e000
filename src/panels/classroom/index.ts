export { Notes } from './Notes.tsx'
export { Wall } from './Wall.tsx'
