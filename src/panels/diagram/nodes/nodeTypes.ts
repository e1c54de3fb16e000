import type { NodeTypes } from '@xyflow/react'
import { CardNode } from './CardNode.tsx'
import { ChipNode } from './ChipNode.tsx'
import { FrameNode } from './FrameNode.tsx'
import { HostNode } from './HostNode.tsx'
import { PartNode } from './PartNode.tsx'

/** How each shape is drawn. */
export const nodeTypes: NodeTypes = { frame: FrameNode, host: HostNode, card: CardNode, part: PartNode, chip: ChipNode }
