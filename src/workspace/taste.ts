import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** What is a matter of taste or of need. Kept from visit to visit; what the machine itself asks for is followed beside it. */
export interface Taste {
  readonly contrast: 'system' | 'high'
  readonly motion: 'system' | 'less'
  /** How fast a world runs that is opened anew. */
  readonly speed: number
  choose(taste: Partial<Pick<Taste, 'contrast' | 'motion' | 'speed'>>): void
}

export const useTaste = create<Taste>()(
  persist((set) => ({ contrast: 'system', motion: 'system', speed: 1, choose: (taste) => set(taste) }), {
    name: 'orrery.taste',
    version: 1,
  }),
)

/** Puts the choices on the page, now and whenever they change. Returns how to stop. */
export function paintTaste(): () => void {
  const paint = ({ contrast, motion }: Taste) => {
    const { documentElement } = document
    if (contrast === 'high') documentElement.dataset['contrast'] = 'high'
    else delete documentElement.dataset['contrast']
    if (motion === 'less') documentElement.dataset['motion'] = 'less'
    else delete documentElement.dataset['motion']
    dispatchEvent(new Event('orrery-motion'))
  }
  paint(useTaste.getState())
  return useTaste.subscribe(paint)
}
