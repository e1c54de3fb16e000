import { ReactFlow } from '@xyflow/react'
import { memo, useRef } from 'react'

/** The camera's own sheet above the cells: drags, wheels and clicks. Drawn once. */
export function FleetPane({ onChoose }: { onChoose: (dive: boolean) => void }) {
  const latest = useRef(onChoose)
  latest.current = onChoose
  const choose = useRef((dive: boolean) => latest.current(dive))
  return <Pane onChoose={choose.current} />
}

const Pane = memo(function Pane({ onChoose }: { onChoose: (dive: boolean) => void }) {
  return (
    <ReactFlow
      nodes={NONE}
      edges={NONE}
      minZoom={0.05}
      maxZoom={2}
      panOnScroll
      zoomOnScroll={false}
      zoomActivationKeyCode={ZOOM}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      proOptions={BARE}
      onPaneClick={() => onChoose(false)}
      onDoubleClick={() => onChoose(true)}
    />
  )
})

const NONE: never[] = []
const ZOOM = ['Control', 'Meta']
const BARE = { hideAttribution: true }
