export { Events } from './Events.tsx'
export { Sentence } from './Sentence.tsx'
