/** What is measured inside of the page. These functions are sent there as text, so each stands by itself. */

export interface Frames {
  readonly fps: number
  /** Real ms between two frames at the 95th percentile. */
  readonly p95: number
  readonly frames: number
}

/** Frames a second while `act` does something with each: nothing, pan, zoom, or redraw an empty canvas of the page's size. */
export function countFrames({ ms, act }: { ms: number; act: 'nothing' | 'pan' | 'zoom' | 'canvas' }): Promise<Frames> {
  const pane = document.querySelector('.react-flow__pane')
  const canvas = act === 'canvas' ? document.createElement('canvas') : undefined
  if (canvas) {
    canvas.width = innerWidth
    canvas.height = innerHeight
    document.body.append(canvas)
  }
  const context = canvas?.getContext('2d')
  const step = (n: number) => {
    if (context) {
      context.clearRect(0, 0, innerWidth, innerHeight)
      context.fillStyle = `hsl(${n % 360} 40% 50%)`
      context.fillRect(n % 300, 100, 400, 300)
    }
    if (act !== 'pan' && act !== 'zoom') return
    const [clientX, clientY] = [innerWidth * 0.45, innerHeight * 0.4]
    const turn = Math.sin(n / 25)
    pane?.dispatchEvent(
      new WheelEvent('wheel', {
        clientX,
        clientY,
        bubbles: true,
        cancelable: true,
        ctrlKey: act === 'zoom',
        deltaX: act === 'pan' ? 14 * turn : 0,
        deltaY: act === 'pan' ? 9 * Math.cos(n / 25) : 6 * turn,
      }),
    )
  }
  return new Promise((resolve) => {
    const gaps: number[] = []
    let [begin, last, n] = [0, 0, 0]
    const run = (now: number) => {
      step(n++)
      // The first half second is for warming up.
      if (begin === 0 && n > 30) begin = now
      else if (begin > 0) gaps.push(now - last)
      last = now
      if (begin === 0 || now - begin < ms) {
        requestAnimationFrame(run)
        return
      }
      canvas?.remove()
      gaps.sort((a, b) => a - b)
      resolve({
        fps: (gaps.length * 1000) / (last - begin),
        p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
        frames: gaps.length,
      })
    }
    requestAnimationFrame(run)
  })
}

/** How many round dots canvases draw in a frame, at the most: a failed request has two circles and counts twice. */
export function countDots(ms: number): Promise<number> {
  const proto = CanvasRenderingContext2D.prototype
  const real = proto.arc
  let [now, most] = [0, 0]
  proto.arc = function arc(...all) {
    now++
    real.apply(this, all)
  }
  return new Promise((resolve) => {
    const begin = performance.now()
    const run = () => {
      most = Math.max(most, now)
      now = 0
      if (performance.now() - begin < ms) requestAnimationFrame(run)
      else {
        proto.arc = real
        resolve(most)
      }
    }
    requestAnimationFrame(run)
  })
}

/** Scrubs by pointer to places of the strip and says how many ms it took each time until the world showed it. */
export async function scrub({ places, from }: { places: readonly number[]; from: number }): Promise<number[]> {
  const slider = document.querySelector<HTMLElement>('[role=slider][aria-label="Time of the world"]')
  const strip = slider?.parentElement
  const readout = [...document.querySelectorAll('[aria-label=Timeline] .num')].find((one) =>
    /^\d+:\d\d\.\d$/.test(one.textContent ?? ''),
  )
  if (!slider || !strip || !readout) throw new Error('there is no timeline')
  const box = strip.getBoundingClientRect()
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const send = (type: string, x: number) =>
    slider.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        button: 0,
        buttons: 1,
        clientX: box.left + x,
        clientY: box.top + 20,
        bubbles: true,
      }),
    )
  // A synthetic pointer cannot be captured.
  Element.prototype.setPointerCapture = () => {}
  const end = Number(slider.getAttribute('aria-valuemax'))
  const shown = () => Number(slider.getAttribute('aria-valuenow'))
  const where = async (x: number) => {
    send('pointermove', x)
    await wait(120)
    return shown()
  }
  // Zooms out until the stretch is in view, then learns which px is which time.
  send('pointerdown', box.width * 0.6)
  for (let i = 0; i < 60 && (await where(4)) > from; i++)
    strip.dispatchEvent(
      new WheelEvent('wheel', {
        deltaY: 60,
        clientX: box.left + box.width * 0.6,
        clientY: box.top + 20,
        bubbles: true,
        cancelable: true,
      }),
    )
  const [x1, x2] = [box.width * 0.1, box.width * 0.5]
  const [t1, t2] = [await where(x1), await where(x2)]
  const pxOf = (at: number) => x1 + ((at - t1) * (x2 - x1)) / (t2 - t1)
  const took: number[] = []
  for (const place of places) {
    const before = readout.textContent
    const begin = performance.now()
    const changed = new Promise<void>((done) => {
      const watch = new MutationObserver(() => {
        watch.disconnect()
        done()
      })
      watch.observe(readout, { characterData: true, childList: true, subtree: true })
      setTimeout(() => {
        watch.disconnect()
        done()
      }, 3000)
    })
    send('pointermove', pxOf(from + place * (end - from)))
    await changed
    if (readout.textContent !== before) took.push(performance.now() - begin)
    await frame()
    await frame()
  }
  send('pointerup', x2)
  return took
}
