import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Tooltip } from './Tooltip.tsx'

/** A button that is only a picture: the label is its accessible name and its tooltip. `pressed` makes it a toggle. */
export function IconButton({ label, keys, pressed, small, side, children, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button
        type="button"
        {...rest}
        className={classes('ib', small && 'sm', className)}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={keys ? keys.replaceAll(' ', '+') : undefined}
      >
        {children}
      </button>
    </Tooltip>
  )
}

export interface IconButtonProps extends ComponentProps<'button'> {
  label: string
  keys?: string | undefined
  pressed?: boolean | undefined
  small?: boolean | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactNode
}
