import { MiniMap, type NodeChange, ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import { useContext, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import { announce, ContextMenu, EmptyState, useMediaQuery } from '../../ui/index.ts'
import { useLayout, usePositions, useSelection } from '../../workspace/index.ts'
import type { DiagramProps } from './Diagram.tsx'
import { GestureContext } from './gesture/context.ts'
import { GestureLayer } from './gesture/GestureLayer.tsx'
import { useHover } from './gesture/useHover.ts'
import { targetOf, usePointer } from './gesture/usePointer.ts'
import { activeThing, useCanvasKeys } from './keys/useCanvasKeys.ts'
import type { Moved } from './layout/arrange.ts'
import { openMenuAt } from './menu/openMenu.ts'
import { useThingMenu } from './menu/useThingMenu.tsx'
import type { DiagramNode } from './nodes/nodeData.ts'
import { nodeTypes } from './nodes/nodeTypes.ts'
import { elementId } from './nodes/Shell.tsx'
import { Palette } from './palette/Palette.tsx'
import { SceneContext } from './scene/context.ts'
import { useArrangement } from './scene/useArrangement.ts'
import { useFlowNodes } from './scene/useFlowNodes.ts'
import { FindBox } from './tools/FindBox.tsx'
import { Grid } from './tools/Grid.tsx'
import { Tools } from './tools/Tools.tsx'
import { useCamera } from './tools/useCamera.ts'
import { useZoomed } from './tools/useZoomed.ts'
import { Labels } from './traffic/Labels.tsx'
import { TrafficOverlay } from './traffic/TrafficOverlay.tsx'
import { Wires } from './traffic/Wires.tsx'

/** The boxes, the lines, the tools around them, and what pointer and keys do with them. */
export function Canvas({ embedded, empty, onDropFiles, open, still }: CanvasProps) {
  const lab = useLab()
  const scene = useContext(SceneContext)
  const gestures = useContext(GestureContext)
  const flow = useReactFlow()
  const frame = useRef<HTMLElement>(null)
  const [live, setLive] = useState<Moved | undefined>(undefined)
  const [held, setHeld] = useState<{ id: string; at: { x: number; y: number } } | undefined>(undefined)
  const [space, setSpace] = useState(false)
  const [map, setMap] = useState(false)
  const [finding, setFinding] = useState(false)
  const [adding, setAdding] = useState(false)
  const { arrangement, routes, tracks, tidy } = useArrangement(scene, open, !embedded, live)
  const laid = useRef(arrangement)
  laid.current = arrangement
  const selected = useSelection((state) => state.selected)
  const hovered = useSelection((state) => state.hovered)
  const traffic = useLayout((layout) => layout.traffic)
  const coarse = useMediaQuery('(pointer: coarse)')
  const nodes = useFlowNodes({ arrangement, nodes: scene.nodes, open, selected, held, movable: !embedded })
  const camera = useCamera(laid, embedded, still, open)
  useZoomed(frame)
  const narrow = useStore((state) => state.width > 0 && state.width < 560)
  const menu = useThingMenu(lab, (id) => gestures?.begin({ sort: 'connect', from: id }, false))
  const hover = useHover()
  usePointer(frame, laid, scene)

  const paste = (text: string) => {
    if (text.trim() !== '') onDropFiles?.([new File([text], 'pasted.yaml', { type: 'application/yaml' })])
  }
  const keys = useCanvasKeys({
    lab,
    scene,
    gestures,
    arrangement: laid,
    reveal: camera.reveal,
    dive: (id) => camera.dive(id, scene.get(id)?.shape ?? 'card'),
    climb: camera.climb,
    fit: camera.fit,
    zoom: camera.zoom,
    openPalette: () => setAdding(true),
    openFind: () => setFinding(true),
    onPaste: paste,
  })

  const change = (changes: NodeChange<DiagramNode>[]) => {
    const chosen = new Set(useSelection.getState().selected)
    let picked = false
    for (const one of changes) {
      if (one.type === 'select') {
        picked = true
        if (one.selected) chosen.add(one.id)
        else chosen.delete(one.id)
      } else if (one.type === 'position' && one.dragging && one.position) {
        const { id, position } = one
        if (isRoot(id)) setLive((now) => ({ ...now, [id]: position }))
        else if (dragged.current === id) setHeld({ id, at: position })
      }
    }
    if (picked) useSelection.getState().select(...chosen)
  }
  const isRoot = (id: string) => !laid.current.parents.has(id) && ['card', 'frame'].includes(scene.get(id)?.shape ?? '')
  const dragged = useRef<string | undefined>(undefined)
  const panned = useRef(false)

  const connect = () => {
    const active = activeThing(laid.current)
    if (active) gestures?.begin({ sort: 'connect', from: active }, false)
    else announce('Choose a thing first, then what it connects to.')
  }
  const fault = () => {
    const active = activeThing(laid.current)
    const target = active && document.getElementById(elementId(active))
    if (target) openMenuAt(target)
    else announce('Choose what to break first.')
  }

  const active =
    hovered !== undefined && arrangement.boxes.has(hovered) ? hovered : selected.find((id) => arrangement.boxes.has(id))
  const bare = scene.arrived && scene.nodes.length === 0
  const section = (
    <section
      ref={frame}
      className="dg h-full w-full"
      role="application"
      aria-label={embedded ? 'A small world' : 'Canvas'}
      aria-busy={!camera.aimed && !bare}
      aria-roledescription="canvas"
      aria-activedescendant={active === undefined ? undefined : elementId(active)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one tab stop; arrow keys walk the things in it
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === ' ' && event.target === frame.current && !embedded) {
          // Space held pans; Space tapped plays and pauses.
          event.preventDefault()
          event.stopPropagation()
          if (!event.repeat) panned.current = false
          setSpace(true)
          return
        }
        keys(event)
      }}
      onKeyUp={(event) => {
        if (event.key !== ' ' || !space) return
        event.stopPropagation()
        setSpace(false)
        if (!panned.current) void (scene.clock?.playing ? lab.pause() : lab.play())
      }}
      onPaste={(event) => {
        if (event.target === frame.current) paste(event.clipboardData.getData('text/plain'))
      }}
      onMouseMoveCapture={hover.move}
      onMouseLeave={hover.leave}
      onPointerDownCapture={({ target }) => {
        if (target instanceof Element && !target.closest('input, button, [role=option]'))
          frame.current?.focus({ preventScroll: true })
      }}
      onContextMenuCapture={({ target }) => {
        const id = (target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id']
        if (id !== undefined) useSelection.getState().select(id)
        menu.ask(id)
      }}
      onDragOver={(event) => {
        if (onDropFiles && event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!onDropFiles || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onDropFiles([...event.dataTransfer.files])
      }}
    >
      <Grid />
      <ReactFlow<DiagramNode>
        className="dg-scaled"
        nodes={nodes}
        edges={NONE}
        nodeTypes={nodeTypes}
        onNodesChange={change}
        onNodeDoubleClick={(_, { id, type }) => camera.dive(id, type ?? 'card')}
        onNodeDragStart={(_, { id }) => {
          dragged.current = id
          if (!isRoot(id)) gestures?.begin({ sort: 'move', id }, true)
        }}
        onNodeDrag={(event, { id }) => {
          const intent = gestures?.pending?.intent
          if (isRoot(id) || !intent || !('clientX' in event)) return
          const at = { x: event.clientX, y: event.clientY }
          const { x, y } = flow.screenToFlowPosition(at)
          gestures?.hover(targetOf(intent, laid.current, scene, x, y), at)
        }}
        onNodeDragStop={(_, { id, position }) => {
          dragged.current = undefined
          if (isRoot(id)) usePositions.getState().put(id, position.x, position.y)
          setLive(undefined)
          setHeld(undefined)
          if (!isRoot(id)) void gestures?.finish()
        }}
        onMoveStart={(event) => {
          if (!event) return
          camera.take()
          panned.current = true
          frame.current?.setAttribute('data-moving', '')
        }}
        onMoveEnd={() => frame.current?.removeAttribute('data-moving')}
        onlyRenderVisibleElements={nodes.length > MANY}
        nodesFocusable={false}
        edgesFocusable={false}
        nodesConnectable={false}
        nodesDraggable={!embedded}
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        panActivationKeyCode={null}
        multiSelectionKeyCode={MULTI}
        zoomActivationKeyCode={ZOOM}
        selectionOnDrag={!space && !coarse && !embedded}
        panOnDrag={space || coarse || embedded ? true : MIDDLE}
        panOnScroll={!embedded}
        zoomOnScroll={false}
        preventScrolling={!embedded}
        zoomOnDoubleClick={false}
        minZoom={0.15}
        maxZoom={2}
        nodeDragThreshold={4}
        proOptions={BARE}
      >
        <Wires routes={routes} />
        {map ? (
          <MiniMap<DiagramNode>
            pannable
            zoomable
            ariaLabel="Small map"
            nodeColor={({ id }) => colourOf(scene.get(id)?.look.tone, scene.get(id)?.shape)}
            nodeStrokeColor="var(--line-strong)"
            nodeBorderRadius={6}
          />
        ) : null}
      </ReactFlow>
      {traffic && !still ? <TrafficOverlay routes={routes} tracks={tracks} /> : null}
      <Labels routes={routes} />
      {embedded ? null : (
        <>
          <GestureLayer frame={frame} />
          {narrow ? null : (
            <Palette
              open={adding}
              onOpen={(next) => {
                if (next === 'connect') connect()
                else if (next === 'fault') fault()
                else setAdding(next)
              }}
              onFind={() => setFinding(true)}
              onFit={camera.fit}
              onTidy={() => {
                usePositions.getState().tidy()
                tidy()
                camera.fit()
              }}
            />
          )}
          <Tools map={map} onMap={setMap} onFit={camera.fit} onFind={() => setFinding(true)} narrow={narrow} />
          {finding ? (
            <FindBox
              onFound={(id) => {
                useSelection.getState().select(id)
                useSelection.getState().hover(id)
                camera.reveal(id)
              }}
              onClose={() => {
                setFinding(false)
                frame.current?.focus({ preventScroll: true })
              }}
            />
          ) : null}
        </>
      )}
      {bare && empty ? (
        <div className="absolute inset-0 z-[5] grid place-items-center">
          <EmptyState title={empty.title} action={{ label: empty.label, run: empty.run }} />
        </div>
      ) : null}
    </section>
  )
  return embedded ? section : <ContextMenu groups={menu.groups}>{section}</ContextMenu>
}

interface CanvasProps extends DiagramProps {
  readonly embedded: boolean
  readonly open: boolean
  /** Nothing moves by itself. */
  readonly still: boolean
}

const NONE: never[] = []
/** From so many things on, those out of sight are not drawn; with fewer, coming and going costs more than it saves. */
const MANY = 500
const MULTI = ['Shift', 'Control', 'Meta']
const ZOOM = ['Control', 'Meta']
const MIDDLE = [1]
const BARE = { hideAttribution: true }

function colourOf(tone: string | undefined, shape: string | undefined): string {
  if (shape === 'frame') return 'transparent'
  if (tone === undefined || tone === 'ok') return shape === 'host' ? 'var(--control)' : 'var(--line-strong)'
  return `var(--${tone})`
}
