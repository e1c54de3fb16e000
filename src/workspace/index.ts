export { type DockTab, type InspectorTab, type Layout, type Lod, type Mode, useLayout } from './layout.ts'
export { type Selection, useSelection } from './selection.ts'
