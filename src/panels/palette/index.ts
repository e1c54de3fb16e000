export { FindPalette } from './FindPalette.tsx'
