import type { Fleet } from '../../../host/views/fleet.view.ts'
import { CELL, type FleetLayout } from './fleetLayout.ts'

/** Colours of a theme, read once from the tokens. */
export interface Ink {
  readonly heat: readonly string[]
  readonly tones: readonly string[]
  readonly tints: readonly string[]
  readonly panel: string
  readonly line: string
}

/** Below this zoom cells are pixels of a texture, from it on they are drawn one by one with their silhouettes. */
export const NEAR = 0.75
/** Texture px for one pitch of the canvas. */
const TEXELS = 3
/** Px of the texture for one of the canvas. */
export const SCALE = TEXELS / CELL.pitch

/** The two sheets that the fleet is drawn on; one of them is shown. */
export interface FleetSheets {
  /** Holds every tile and cell as pixels that change in place; the camera moves and scales it as a whole. */
  readonly far: HTMLCanvasElement
  /** As large as the screen: what is in view, drawn anew when the camera moves. */
  readonly near: HTMLCanvasElement
}

/** Draws the fleet. A picture of the same layout changes only those pixels whose cells have changed, and the camera changes none. */
export class FleetPainter {
  private image: ImageData | undefined
  private pixels = new Uint32Array()
  private drawn = new Uint8Array()
  private tones = new Uint8Array()
  private sprites: HTMLCanvasElement | undefined
  private ink: Ink | undefined
  private colours = new Uint32Array(64)
  private layout: FleetLayout | undefined

  /** Takes the colours of a theme. */
  dress(ink: Ink, ratio: number): void {
    this.ink = ink
    this.sprites = spritesOf(ink, ratio)
    this.colours = Uint32Array.from({ length: 64 }, (_, byte) =>
      packed((byte & 7) === 0 ? (ink.heat[byte >> 3] ?? ink.panel) : (ink.tones[byte & 7] ?? ink.panel)),
    )
    this.layout = undefined
  }

  /** Brings the texture up to a picture. */
  texture(sheet: HTMLCanvasElement, fleet: Fleet, layout: FleetLayout): void {
    const [w, h] = [Math.ceil(layout.bounds.w * SCALE) + TEXELS, Math.ceil(layout.bounds.h * SCALE) + TEXELS]
    const context = sheet.getContext('2d')
    if (!context || !this.ink) return
    const { hosts, cells } = fleet
    const anew =
      this.layout !== layout ||
      this.drawn.length !== cells.length ||
      hosts.tone.some((tone, i) => tone !== this.tones[i])
    if (anew) {
      this.layout = layout
      if (sheet.width !== w || sheet.height !== h) {
        sheet.width = w
        sheet.height = h
      }
      this.image = context.createImageData(w, h)
      this.pixels = new Uint32Array(this.image.data.buffer)
      this.drawn = new Uint8Array(cells.length).fill(255)
      this.tones = hosts.tone.slice()
      this.tilesInto(fleet, layout, w)
    }
    const { tiles, tile, starts } = layout
    let [top, bottom] = [h, 0]
    const put = (i: number, x: number, y: number) => {
      const byte = cells[i] as number
      if (this.drawn[i] === byte) return
      this.drawn[i] = byte
      const colour = this.colours[byte] as number
      const row = Math.round(y * SCALE)
      const at = row * w + Math.round(x * SCALE)
      this.pixels[at] = colour
      this.pixels[at + 1] = colour
      this.pixels[at + w] = colour
      this.pixels[at + w + 1] = colour
      if (row < top) top = row
      if (row > bottom) bottom = row
    }
    for (let host = 0; host * 2 < tiles.length; host++) {
      const [start, end] = [starts[host] as number, starts[host + 1] as number]
      const [left, upper] = [(tiles[host * 2] as number) + CELL.inset, (tiles[host * 2 + 1] as number) + CELL.inset]
      for (let i = start; i < end; i++) {
        if (this.drawn[i] === cells[i]) continue
        const at = i - start
        put(i, left + (at % tile.columns) * CELL.pitch, upper + Math.floor(at / tile.columns) * CELL.pitch)
      }
    }
    const first = starts[starts.length - 1] as number
    for (let at = 0; at < fleet.waiting; at++) {
      const { x, y, columns } = layout.waiting
      put(first + at, x + (at % columns) * CELL.pitch, y + Math.floor(at / columns) * CELL.pitch)
    }
    if (!this.image) return
    if (anew) context.putImageData(this.image, 0, 0)
    else if (bottom >= top) context.putImageData(this.image, 0, 0, 0, top, w, bottom - top + 2)
  }

  /** Draws what the camera sees. */
  near(
    sheet: HTMLCanvasElement,
    fleet: Fleet,
    layout: FleetLayout,
    view: { x: number; y: number; zoom: number },
    size: { w: number; h: number },
    ratio: number,
  ): void {
    const context = sheet.getContext('2d')
    if (!context || !this.ink) return
    if (sheet.width !== size.w * ratio) sheet.width = size.w * ratio
    if (sheet.height !== size.h * ratio) sheet.height = size.h * ratio
    const { x, y, zoom } = view
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, size.w * ratio, size.h * ratio)
    context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio)
    const [left, top, right, bottom] = [-x / zoom, -y / zoom, (size.w - x) / zoom, (size.h - y) / zoom]
    const seen: number[] = []
    const { tiles, tile } = layout
    for (let host = 0; host * 2 < tiles.length; host++) {
      const [tx, ty] = [tiles[host * 2] as number, tiles[host * 2 + 1] as number]
      if (tx < right && ty < bottom && tx + tile.w > left && ty + tile.h > top) seen.push(host)
    }
    this.tiles(context, fleet, layout, seen, zoom)
    this.cells(context, fleet, layout, seen)
  }

  /** Tiles as pixels: a frame of one px, of two where something is wrong, so that it is seen from afar. */
  private tilesInto({ hosts }: Fleet, { tiles, tile }: FleetLayout, w: number): void {
    const ink = this.ink as Ink
    const fills = [ink.panel, ...ink.tints.slice(1)].map(packed)
    const edges = [ink.line, ...ink.tones.slice(1)].map(packed)
    const [wide, high] = [Math.round(tile.w * SCALE), Math.round(tile.h * SCALE)]
    for (let host = 0; host * 2 < tiles.length; host++) {
      const tone = hosts.tone[host] ?? 0
      const edge = tone === 0 ? 1 : 2
      const [x, y] = [
        Math.round((tiles[host * 2] as number) * SCALE),
        Math.round((tiles[host * 2 + 1] as number) * SCALE),
      ]
      for (let row = 0; row < high; row++) {
        const at = (y + row) * w + x
        this.pixels.fill(edges[tone] as number, at, at + wide)
        if (row >= edge && row < high - edge) this.pixels.fill(fills[tone] as number, at + edge, at + wide - edge)
      }
    }
  }

  private tiles(
    context: CanvasRenderingContext2D,
    { hosts }: Fleet,
    { tiles, tile }: FleetLayout,
    seen: readonly number[],
    zoom: number,
  ): void {
    const ink = this.ink as Ink
    const outline = (host: number) =>
      context.roundRect(tiles[host * 2] as number, tiles[host * 2 + 1] as number, tile.w, tile.h, 5)
    context.fillStyle = ink.panel
    context.strokeStyle = ink.line
    context.lineWidth = Math.min(3, 1 / zoom)
    context.beginPath()
    for (const host of seen) outline(host)
    context.fill()
    context.stroke()
    for (const tone of [2, 3, 5, 1, 4]) {
      const some = seen.filter((host) => hosts.tone[host] === tone)
      if (some.length === 0) continue
      context.fillStyle = ink.tints[tone] as string
      context.strokeStyle = ink.tones[tone] as string
      context.lineWidth = Math.min(8, 2 / zoom)
      context.beginPath()
      for (const host of some) outline(host)
      context.fill()
      context.stroke()
    }
  }

  private cells(context: CanvasRenderingContext2D, fleet: Fleet, layout: FleetLayout, seen: readonly number[]): void {
    const sprites = this.sprites
    if (!sprites) return
    const side = sprites.height
    const put = (byte: number, x: number, y: number) => {
      const tone = byte & 7
      const column = tone === 0 ? byte >> 3 : 4 + tone
      context.drawImage(sprites, column * side, 0, side, side, x - 1, y - 1, 12, 12)
    }
    const { tiles, tile, starts } = layout
    for (const host of seen) {
      const [start, end] = [starts[host] as number, starts[host + 1] as number]
      const [left, top] = [(tiles[host * 2] as number) + CELL.inset, (tiles[host * 2 + 1] as number) + CELL.inset]
      for (let i = start; i < end; i++) {
        const at = i - start
        put(
          fleet.cells[i] as number,
          left + (at % tile.columns) * CELL.pitch,
          top + Math.floor(at / tile.columns) * CELL.pitch,
        )
      }
    }
    const first = starts[starts.length - 1] as number
    for (let at = 0; at < fleet.waiting; at++) {
      const { x, y, columns } = layout.waiting
      put(fleet.cells[first + at] as number, x + (at % columns) * CELL.pitch, y + Math.floor(at / columns) * CELL.pitch)
    }
  }
}

/** Five squares of heat, then the silhouettes of the five other tones, 12 px each. */
function spritesOf(ink: Ink, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const side = Math.ceil(12 * ratio * 2)
  canvas.width = side * 10
  canvas.height = side
  const context = canvas.getContext('2d')
  if (!context) return canvas
  const scale = side / 12
  for (let column = 0; column < 10; column++) {
    context.setTransform(scale, 0, 0, scale, column * side + scale, scale)
    const tone = column < 5 ? 0 : column - 4
    context.lineWidth = 1.3
    context.fillStyle = tone === 0 ? (ink.heat[column] as string) : (ink.tones[tone] as string)
    context.strokeStyle = context.fillStyle
    context.beginPath()
    silhouettes[tone]?.(context, ink.panel)
  }
  return canvas
}

/** Each on 10 x 10: square, arc in a square, triangle, octagon with a cut cross, dashed square with hands, dotted ring. */
const silhouettes: readonly ((context: CanvasRenderingContext2D, cut: string) => void)[] = [
  (context) => {
    context.roundRect(0, 0, 10, 10, 2)
    context.fill()
  },
  (context) => {
    context.roundRect(0.6, 0.6, 8.8, 8.8, 2)
    context.stroke()
    context.beginPath()
    context.arc(5, 5, 2.4, -0.9, Math.PI)
    context.stroke()
  },
  (context) => {
    context.moveTo(5, 0.4)
    context.lineTo(9.8, 9.2)
    context.lineTo(0.2, 9.2)
    context.closePath()
    context.fill()
  },
  (context, cut) => {
    context.moveTo(3, 0)
    for (const [x, y] of [
      [7, 0],
      [10, 3],
      [10, 7],
      [7, 10],
      [3, 10],
      [0, 7],
      [0, 3],
    ] as const)
      context.lineTo(x, y)
    context.closePath()
    context.fill()
    context.strokeStyle = cut
    context.beginPath()
    context.moveTo(3.4, 3.4)
    context.lineTo(6.6, 6.6)
    context.moveTo(6.6, 3.4)
    context.lineTo(3.4, 6.6)
    context.stroke()
  },
  (context) => {
    context.setLineDash([1.8, 1.4])
    context.strokeRect(0.7, 0.7, 8.6, 8.6)
    context.setLineDash([])
    context.moveTo(5, 2.8)
    context.lineTo(5, 5.3)
    context.lineTo(6.8, 6.3)
    context.stroke()
  },
  (context) => {
    context.setLineDash([1.2, 1.6])
    context.arc(5, 5, 4, 0, Math.PI * 2)
    context.stroke()
    context.setLineDash([])
  },
]

/** `#rrggbb` or `#rgb` (style sheets are shortened when they are built) as a pixel of image data (little-endian). */
export function packed(colour: string): number {
  const digits = colour.trim().slice(1)
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16)
  return ((255 << 24) | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0
}
