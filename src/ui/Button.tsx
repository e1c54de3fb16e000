import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Kbd } from './Kbd.tsx'

/** A button with words. At most one `primary` in view; `danger` is for what cannot be undone by Ctrl+Z. A button whose reason for being
 *  off matters should stay enabled and answer with the reason. */
export function Button({ tone = 'secondary', size = 'md', icon, keys, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes('btn', tone !== 'secondary' && tone, size !== 'md' && size, className)}
      aria-keyshortcuts={keys ? keys.replaceAll(' ', '+') : undefined}
    >
      {icon}
      {children}
      {keys ? <Kbd keys={keys} decorative /> : null}
    </button>
  )
}

/** `keys` names a shortcut ("Ctrl Enter"): shown as a key and told to assistive technology. */
export interface ButtonProps extends ComponentProps<'button'> {
  tone?: 'primary' | 'secondary' | 'ghost' | 'danger' | undefined
  size?: 'sm' | 'md' | 'lg' | 'xl' | undefined
  icon?: ReactNode | undefined
  keys?: string | undefined
}
