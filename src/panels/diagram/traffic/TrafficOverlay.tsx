import { useStore, useStoreApi } from '@xyflow/react'
import { useContext, useEffect, useRef } from 'react'
import { useTheme } from '../../../ui/index.ts'
import type { Track } from '../route/path.ts'
import type { Route } from '../route/routes.ts'
import { SceneContext } from '../scene/context.ts'
import { Dots, thinning } from './dots.ts'

/** Requests on their way, on one canvas above the lines, at most 30 times a second; they stand while the world stands. */
export function TrafficOverlay({ routes, tracks }: { routes: readonly Route[]; tracks: ReadonlyMap<string, Track> }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scene = useContext(SceneContext)
  const { theme } = useTheme()
  const flow = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const lines = useRef(new Map<string, Dots>())
  const draw = useRef<() => void>(() => {})
  /** The camera that the picture was last drawn for; until it is drawn again it is moved as a whole. */
  const drawn = useRef<readonly [number, number, number]>([0, 0, 1])

  useEffect(() => {
    const kept = new Map<string, Dots>()
    const flowing = routes.flatMap(({ edge }) => {
      const track = tracks.get(edge.id)
      return edge.kind === 'traffic' && track ? [{ edge, track, rate: edge.rate ?? 0 }] : []
    })
    const thin = thinning(flowing)
    for (const { edge, track, rate } of flowing) {
      const flow = { track, rate, p95: edge.p95 ?? 50, errors: edge.errors ?? 0, thin }
      const dots = lines.current.get(edge.id) ?? new Dots(flow, hash(edge.id))
      dots.follow(flow)
      kept.set(edge.id, dots)
    }
    lines.current = kept
    draw.current()
  }, [routes, tracks])

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    const ratio = Math.min(2, window.devicePixelRatio || 1)
    element.width = width * ratio
    element.height = height * ratio
    const style = getComputedStyle(element)
    const [ok, err] = [style.getPropertyValue('--ok'), style.getPropertyValue('--err')]
    draw.current = () => {
      const [x, y, zoom] = flow.getState().transform
      drawn.current = [x, y, zoom]
      element.style.transform = ''
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, element.width, element.height)
      context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio)
      const bad: number[] = []
      context.fillStyle = ok
      context.beginPath()
      for (const dots of lines.current.values()) {
        dots.each((dotX, dotY, failed) => {
          if (failed) {
            bad.push(dotX, dotY)
            return
          }
          context.moveTo(dotX + 2.5, dotY)
          context.arc(dotX, dotY, 2.5, 0, Math.PI * 2)
        })
      }
      context.fill()
      if (bad.length === 0) return
      context.fillStyle = err
      context.strokeStyle = err
      context.lineWidth = 1.1
      for (let i = 0; i < bad.length; i += 2) {
        const [dotX, dotY] = [bad[i] as number, bad[i + 1] as number]
        context.beginPath()
        context.arc(dotX, dotY, 2.5, 0, Math.PI * 2)
        context.fill()
        context.beginPath()
        context.arc(dotX, dotY, 4.6, 0, Math.PI * 2)
        context.stroke()
      }
    }
    draw.current()
  }, [width, height, theme, flow])

  useEffect(() => {
    let settled = 0
    const stop = flow.subscribe(({ transform: [x, y, zoom] }, { transform: before }) => {
      if (!canvas.current || (x === before[0] && y === before[1] && zoom === before[2])) return
      const [drawnX, drawnY, drawnZoom] = drawn.current
      const scale = zoom / drawnZoom
      canvas.current.style.transform = `translate(${x - drawnX * scale}px, ${y - drawnY * scale}px) scale(${scale})`
      window.clearTimeout(settled)
      settled = window.setTimeout(() => draw.current(), 120)
    })
    return () => {
      stop()
      window.clearTimeout(settled)
    }
  }, [flow])

  useEffect(() => {
    let frame = 0
    let last = 0
    const run = (now: number) => {
      frame = requestAnimationFrame(run)
      if (now - last < 32) return
      const seconds = Math.min(0.1, (now - last) / 1000)
      last = now
      for (const dots of lines.current.values()) dots.advance(seconds)
      draw.current()
    }
    const follow = () => {
      const playing = scene.clock?.playing === true
      if (playing === frame > 0) return
      if (playing) {
        last = performance.now()
        frame = requestAnimationFrame(run)
      } else {
        cancelAnimationFrame(frame)
        frame = 0
      }
    }
    follow()
    const stop = scene.onTick(follow)
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [scene])

  return (
    <canvas
      ref={canvas}
      className="pointer-events-none absolute inset-0 z-[4] h-full w-full origin-top-left will-change-transform"
    />
  )
}

function hash(text: string): number {
  let value = 7
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0
  return value
}
