export { Diagram, type DiagramProps } from './Diagram.tsx'
export { Palette } from './palette/Palette.tsx'
