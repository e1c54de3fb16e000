import type { Node, NodeProps } from '@xyflow/react'

/** What React Flow carries of a thing: only what its component cannot ask the scene for. */
export interface NodeData extends Record<string, unknown> {
  /** How many frames it is in. */
  readonly depth: number
  /** Whether a chip is opened into a card. */
  readonly open: boolean
  /** Whether a frame holds parts of the mechanism. */
  readonly mechanism: boolean
  /** Whether chips of other kinds stand beside it, so that its picture tells what it is. */
  readonly pictured: boolean
  /** Whether the name of a frame stands at the right. */
  readonly turned: boolean
  /** Id of what it is drawn in. */
  readonly parent: string | undefined
}

export type DiagramNode = Node<NodeData, 'frame' | 'host' | 'card' | 'part' | 'chip'>
export type DiagramNodeProps = NodeProps<DiagramNode>
