import { cloneElement, type ReactElement } from 'react'

/** A hint on hover and on focus. It repeats or extends what the trigger is called and never carries the only name of anything; a touch
 *  screen does not see it. It is only a mark on the element: the one TooltipLayer draws it, so that a thousand hints cost nothing. */
export function Tooltip({ text, keys, side, children }: TooltipProps) {
  return cloneElement(children, { 'data-tip': text, 'data-tip-keys': keys, 'data-tip-side': side })
}

/** `children` is the one element that the hint belongs to; it must hand unknown props to its own element. */
export interface TooltipProps {
  text: string
  keys?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactElement<Record<string, unknown>>
}
