import type { ComponentProps } from 'react'
import { classes } from './classes.ts'

/** A noun of the world, always underlined: an anchor when it has an address, else a button. `mono` is for names that could be typed. */
export function Link({ mono, className, ...rest }: LinkProps) {
  const name = classes('lnk', mono && 'mono', className)
  if (rest.href !== undefined) return <a {...(rest as ComponentProps<'a'>)} className={name} />
  return <button type="button" {...(rest as ComponentProps<'button'>)} className={name} />
}

/** Either `href` or `onClick`. */
export type LinkProps = { mono?: boolean | undefined } & (
  | (ComponentProps<'a'> & { href: string })
  | (ComponentProps<'button'> & { href?: undefined })
)
