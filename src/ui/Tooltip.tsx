import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'

/** A hint on hover and on focus. It repeats or extends what the trigger is called and never carries the only name of anything;
 *  a touch screen does not see it. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={450} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="pop tip">
            {text}
            {keys ? <Kbd keys={keys} decorative /> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** `children` is the one element that the hint belongs to; it must take a ref and the usual props. */
export interface TooltipProps {
  text: ReactNode
  keys?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactElement
}

/** Put once round the page: a second tooltip then opens at once while the eye walks along a toolbar. */
export const TooltipProvider = Base.Provider
