import {
  MiniMap,
  type NodeChange,
  type NodeMouseHandler,
  type OnMove,
  type OnNodeDrag,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { useContext, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import { announce, ContextMenu, EmptyState, useMediaQuery } from '../../ui/index.ts'
import { useEdits, useLayout, usePositions, useSelection } from '../../workspace/index.ts'
import type { DiagramProps } from './Diagram.tsx'
import { pasteText } from './edits/things.ts'
import { GestureContext } from './gesture/context.ts'
import { GestureLayer } from './gesture/GestureLayer.tsx'
import { useHover } from './gesture/useHover.ts'
import { targetOf, usePointer } from './gesture/usePointer.ts'
import { activeThing, useCanvasKeys } from './keys/useCanvasKeys.ts'
import type { Moved } from './layout/arrange.ts'
import { type Guide, snapped } from './layout/snap.ts'
import { openMenuAt } from './menu/openMenu.ts'
import { useThingMenu } from './menu/useThingMenu.tsx'
import type { DiagramNode } from './nodes/nodeData.ts'
import { nodeTypes } from './nodes/nodeTypes.ts'
import { elementId } from './nodes/Shell.tsx'
import { Overlays } from './overlay/Overlays.tsx'
import { Palette } from './palette/Palette.tsx'
import { SceneContext } from './scene/context.ts'
import { useArrangement } from './scene/useArrangement.ts'
import { useFlowNodes } from './scene/useFlowNodes.ts'
import { FindBox } from './tools/FindBox.tsx'
import { Grid } from './tools/Grid.tsx'
import { Guides } from './tools/Guides.tsx'
import { Tools } from './tools/Tools.tsx'
import { useCamera } from './tools/useCamera.ts'
import { useSteady } from './tools/useSteady.ts'
import { useZoomed } from './tools/useZoomed.ts'
import { Labels } from './traffic/Labels.tsx'
import { TrafficOverlay } from './traffic/TrafficOverlay.tsx'
import { Wires } from './traffic/Wires.tsx'

/** The boxes, the lines, the tools around them, and what pointer and keys do with them. */
export function Canvas({ embedded, empty, onDrop, open, still }: CanvasProps) {
  const lab = useLab()
  const scene = useContext(SceneContext)
  const gestures = useContext(GestureContext)
  const flow = useReactFlow()
  const frame = useRef<HTMLElement>(null)
  const [live, setLive] = useState<Moved | undefined>(undefined)
  const [held, setHeld] = useState<{ id: string; at: { x: number; y: number } } | undefined>(undefined)
  const [guides, setGuides] = useState<readonly Guide[]>([])
  const [followed, setFollowed] = useState<string | undefined>(undefined)
  const [space, setSpace] = useState(false)
  const [map, setMap] = useState(false)
  const [finding, setFinding] = useState(false)
  const [adding, setAdding] = useState(false)
  const room = useStore(({ width, height }) =>
    embedded || width === 0 ? '' : `${Math.round(width / 40) * 40} ${Math.round(height / 40) * 40}`,
  )
  const { arrangement, routes, tracks, turned, tidy } = useArrangement(scene, open, !embedded, live, roomOf(room))
  const laid = useRef(arrangement)
  laid.current = arrangement
  const selected = useSelection((state) => state.selected)
  const hovered = useSelection((state) => state.hovered)
  const traffic = useLayout((layout) => layout.traffic)
  const coarse = useMediaQuery('(pointer: coarse)')
  const nodes = useFlowNodes({ arrangement, nodes: scene.nodes, open, selected, held, movable: !embedded, turned })
  const camera = useCamera(laid, embedded, still, open)
  useZoomed(frame)
  const narrow = useStore((state) => state.width > 0 && state.width < 560)
  const follow = (id: string | undefined) => {
    const next = id === followed ? undefined : id
    setFollowed(next)
    camera.follow(next)
    const name = scene.get(next ?? followed ?? '')?.look.title
    if (name !== undefined) announce(next === undefined ? `No longer following ${name}` : `Following ${name}`)
  }
  const tidyUp = () => {
    const { moved, tidy: forget } = usePositions.getState()
    if (Object.keys(moved).length > 0) useEdits.getState().add({ sort: 'move', before: moved, after: {} })
    forget()
    tidy()
    setFollowed(undefined)
    camera.fit()
    announce('Tidied up')
  }
  const menu = useThingMenu(lab, {
    connect: (id) => gestures?.begin({ sort: 'connect', from: id }, false),
    move: (id) => gestures?.begin({ sort: 'move', id }, false),
    follow,
  })
  const hover = useHover()
  usePointer(frame, laid, scene)

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
    tidy: tidyUp,
    follow,
    dived: camera.dived,
  })

  const change = useSteady((changes: NodeChange<DiagramNode>[]) => {
    const chosen = new Set(useSelection.getState().selected)
    let picked = false
    for (const one of changes) {
      if (one.type === 'select') {
        picked = true
        if (one.selected) chosen.add(one.id)
        else chosen.delete(one.id)
      } else if (one.type === 'position' && one.dragging && one.position) {
        const { id, position } = one
        if (isRoot(id)) {
          const box = laid.current.boxes.get(id)
          const { x, y, guides } = snapped({ ...position, w: box?.w ?? 0, h: box?.h ?? 0 }, standing(id))
          setLive((now) => ({ ...now, [id]: { x, y } }))
          setGuides(guides)
        } else if (dragged.current === id) setHeld({ id, at: position })
      }
    }
    if (picked) useSelection.getState().select(...chosen)
  })
  const isRoot = (id: string) => !laid.current.parents.has(id) && ['card', 'frame'].includes(scene.get(id)?.shape ?? '')
  /** Boxes that a dragged one may come to lie on: roots that are not dragged with it. */
  const standing = (id: string) =>
    [...laid.current.boxes].flatMap(([other, box]) =>
      other === id || !isRoot(other) || useSelection.getState().selected.includes(other) ? [] : [box],
    )
  /** Things that were dragged stay where they were let go. */
  const settle = useSteady(() => {
    if (live && Object.keys(live).length > 0) {
      const before = usePositions.getState().moved
      const spots = Object.entries(live).map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }] as const)
      const after = { ...before, ...Object.fromEntries(spots) }
      usePositions.getState().restore(after)
      useEdits.getState().add({ sort: 'move', before, after })
    }
    setLive(undefined)
    setGuides([])
  })
  const dragged = useRef<string | undefined>(undefined)
  const panned = useRef(false)

  const take: OnNodeDrag<DiagramNode> = useSteady((_, { id }) => {
    dragged.current = id
    if (!isRoot(id)) gestures?.begin({ sort: 'move', id }, true)
  })
  const carry: OnNodeDrag<DiagramNode> = useSteady((event, { id }) => {
    if (isRoot(id) || !gestures?.pending || !('clientX' in event)) return
    const at = { x: event.clientX, y: event.clientY }
    const { x, y } = flow.screenToFlowPosition(at)
    gestures.hover(targetOf(gestures, laid.current, scene, x, y), at)
  })
  const put: OnNodeDrag<DiagramNode> = useSteady((_, { id }) => {
    dragged.current = undefined
    settle()
    setHeld(undefined)
    if (!isRoot(id)) void gestures?.finish()
  })
  const dive: NodeMouseHandler<DiagramNode> = useSteady((_, { id, type }) => camera.dive(id, type ?? 'card'))
  const moveStart: OnMove = useSteady((event) => {
    if (!event) return
    camera.take()
    if (followed !== undefined) {
      setFollowed(undefined)
      camera.follow(undefined)
    }
    panned.current = true
    frame.current?.setAttribute('data-moving', '')
  })
  const moveEnd: OnMove = useSteady(() => frame.current?.removeAttribute('data-moving'))

  const connect = () => {
    const [only, ...more] = useSelection.getState().selected
    const from = more.length === 0 && gestures?.connects(scene.get(only ?? '')?.kind) ? only : undefined
    gestures?.begin(from === undefined ? { sort: 'pick' } : { sort: 'connect', from }, false)
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
        if (event.target === frame.current && !embedded) void pasteText(lab, event.clipboardData.getData('text/plain'))
      }}
      onMouseMoveCapture={hover.move}
      onMouseLeave={hover.leave}
      onPointerDownCapture={({ target }) => {
        if (target instanceof Element && !target.closest('input, button, [role=option]'))
          frame.current?.focus({ preventScroll: true })
      }}
      onContextMenuCapture={({ target }) => {
        const id = (target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id']
        if (id !== undefined && !useSelection.getState().selected.includes(id)) useSelection.getState().select(id)
        menu.ask(id)
      }}
      onDragOver={(event) => {
        if (onDrop && event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!onDrop || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onDrop(event.dataTransfer)
      }}
    >
      <Grid />
      <ReactFlow<DiagramNode>
        className="dg-scaled to-scale"
        nodes={nodes}
        edges={NONE}
        nodeTypes={nodeTypes}
        onNodesChange={change}
        onNodeDoubleClick={dive}
        onNodeDragStart={take}
        onNodeDrag={carry}
        onSelectionDragStop={settle}
        onNodeDragStop={put}
        onMoveStart={moveStart}
        onMoveEnd={moveEnd}
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
        <Guides guides={guides} />
        {map ? (
          <MiniMap<DiagramNode>
            pannable
            zoomable
            ariaLabel="Small map"
            nodeColor={({ id }) => colourOf(scene.get(id)?.look.tone, scene.get(id)?.shape)}
            nodeStrokeColor="var(--line-strong)"
            nodeBorderRadius={6}
            nodeStrokeWidth={3}
            nodeClassName={({ id }) => (selected.includes(id) ? 'chosen' : '')}
            maskStrokeColor="var(--accent)"
            maskStrokeWidth={2}
            offsetScale={4}
          />
        ) : null}
      </ReactFlow>
      {traffic && !still ? <TrafficOverlay routes={routes} tracks={tracks} /> : null}
      <Labels routes={routes} />
      {embedded ? null : (
        <Overlays boxes={arrangement.boxes} routes={routes} tracks={tracks} still={still} reveal={camera.reveal} />
      )}
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
              onTidy={tidyUp}
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

/** What there is for the picture beside the tools. */
function roomOf(size: string): { readonly w: number; readonly h: number } | undefined {
  const [w = 0, h = 0] = size.split(' ').map(Number)
  return w === 0 ? undefined : { w: w - (w < 560 ? 24 : 76), h: h - (w < 560 ? 74 : 34) }
}

function colourOf(tone: string | undefined, shape: string | undefined): string {
  if (shape === 'frame') return 'transparent'
  if (tone === undefined || tone === 'ok') return shape === 'host' ? 'var(--control)' : 'var(--line-strong)'
  return `var(--${tone})`
}
