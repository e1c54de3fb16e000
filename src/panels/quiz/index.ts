export { Quiz } from './Quiz.tsx'
