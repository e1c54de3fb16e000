import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** What is a matter of taste or of need. Kept from visit to visit; what the machine itself asks for is followed beside it. */
export interface Taste {
  readonly contrast: 'system' | 'high'
  readonly motion: 'system' | 'less'
  /** How fast a world runs that is opened anew. */
  readonly speed: number
  /** Size of text in percent, 100 to 200. */
  readonly text: number
  choose(taste: Partial<Pick<Taste, 'contrast' | 'motion' | 'speed' | 'text'>>): void
}

export const useTaste = create<Taste>()(
  persist((set) => ({ contrast: 'system', motion: 'system', speed: 1, text: 100, choose: (taste) => set(taste) }), {
    name: 'orrery.taste',
    version: 1,
  }),
)

/** How many times larger than usual text is, 1 to 2: for what must reckon with it. What is kept may have been written by hand. */
export function useTextSize(): number {
  return useTaste(({ text }) => sizeOf(text))
}

function sizeOf(text: number): number {
  return Math.min(200, Math.max(100, Number(text) || 100)) / 100
}

/** Puts the choices on the page, now and whenever they change. Returns how to stop. */
export function paintTaste(): () => void {
  const paint = ({ contrast, motion, text }: Taste) => {
    const { documentElement } = document
    if (contrast === 'high') documentElement.dataset['contrast'] = 'high'
    else delete documentElement.dataset['contrast']
    if (motion === 'less') documentElement.dataset['motion'] = 'less'
    else delete documentElement.dataset['motion']
    documentElement.style.setProperty('--text-size', String(sizeOf(text)))
    dispatchEvent(new Event('orrery-motion'))
  }
  paint(useTaste.getState())
  return useTaste.subscribe(paint)
}
