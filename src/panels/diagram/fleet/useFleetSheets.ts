import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { Fleet } from '../../../host/views/fleet.view.ts'
import { useTheme } from '../../../ui/index.ts'
import type { FleetLayout } from './fleetLayout.ts'
import { FleetPainter, type Ink, NEAR, SCALE } from './fleetPainter.ts'

/**
 * Keeps both sheets up to the picture and the camera, without React: far away the camera only moves and scales the texture, near it draws what
 * is in view. Returns the ref for the far sheet.
 */
export function useFleetSheets(
  fleet: Fleet,
  layout: FleetLayout,
  near: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
): RefObject<HTMLCanvasElement | null> {
  const flow = useStoreApi()
  const { theme } = useTheme()
  const far = useRef<HTMLCanvasElement>(null)
  const painter = useMemo(() => new FleetPainter(), [])
  const ratio = Math.min(2, window.devicePixelRatio || 1)
  const draw = useRef((_picture: boolean) => {})
  draw.current = (picture) => {
    const [sheet, close] = [far.current, near.current]
    if (!sheet || !close || width === 0) return
    const [x, y, zoom] = flow.getState().transform
    const away = zoom < NEAR
    const shown = sheet.style.visibility !== 'hidden'
    if (away !== shown || picture) {
      sheet.style.visibility = away ? 'visible' : 'hidden'
      close.style.visibility = away ? 'hidden' : 'visible'
      // From half way on the squares are squares, not blurs.
      if (away) painter.texture(sheet, fleet, layout)
    }
    if (away) {
      sheet.style.imageRendering = zoom > 0.3 ? 'pixelated' : 'auto'
      sheet.style.transform = `translate(${x}px, ${y}px) scale(${zoom / SCALE})`
    } else painter.near(close, fleet, layout, { x, y, zoom }, { w: width, h: height }, ratio)
  }
  // The theme changes the colours that are read here.
  useEffect(() => {
    if (near.current) painter.dress(inkOf(near.current), ratio)
  }, [painter, theme, ratio, near])
  useEffect(() => draw.current(true), [fleet, layout, width, height, theme])
  useEffect(
    () =>
      flow.subscribe(({ transform }, { transform: before }) => {
        if (transform !== before) draw.current(false)
      }),
    [flow],
  )
  return far
}

function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const tones = ['ok', 'prog', 'warn', 'err', 'pend', 'idle']
  return {
    heat: [0, 1, 2, 3, 4].map((step) => of(`heat-${step}`)),
    tones: tones.map(of),
    tints: tones.map((tone) => of(`${tone}-tint`)),
    panel: of('panel'),
    line: of('line'),
  }
}
