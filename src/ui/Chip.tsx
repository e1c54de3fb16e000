import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'
import { type Status, statuses } from './status.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** A thing in one line of 28 px: revision spine, glyph, owner muted and tail strong, figures at the right. When `word` is given a second
 *  line says its state and what it waits for. It is a button when `onClick` is, else plain text. */
export function Chip({
  status,
  picture,
  owner,
  tail,
  figures,
  word,
  waits,
  revision,
  selected,
  onClick,
  ...rest
}: ChipProps) {
  const inside = (
    <>
      <span className="l1">
        <Glyph status={status} />
        {picture}
        <span className="nm">
          {owner ? <span>{owner}</span> : null}
          <b>{tail}</b>
        </span>
        {word ? null : <VisuallyHidden>{statuses[status].word}</VisuallyHidden>}
        {revision ? <VisuallyHidden>{`${revision} revision`}</VisuallyHidden> : null}
        {figures ? <span className="wd">{figures}</span> : null}
      </span>
      {word ? (
        <span className="l2">
          <span>{word}</span>
          {waits ? <span className="wd">{waits}</span> : null}
        </span>
      ) : null}
    </>
  )
  const className = classes('chip', `s-${status}`, revision, Boolean(word) && 'two')
  if (!onClick) {
    return (
      <span className={className} data-selected={selected || undefined}>
        {inside}
      </span>
    )
  }
  return (
    <button type="button" {...rest} className={className} aria-pressed={selected ?? false} onClick={onClick}>
      {inside}
    </button>
  )
}

/** `owner` may go when there is no room; `tail`, the five characters that tell pods apart, never does. */
export interface ChipProps extends Omit<ComponentProps<'button'>, 'children' | 'className'> {
  status: Status
  /** What it is, where it stands among others that are something else. */
  picture?: ReactNode | undefined
  owner?: string | undefined
  tail: string
  figures?: ReactNode | undefined
  word?: string | undefined
  waits?: ReactNode | undefined
  /** Identity, not health: old is hatched, new is solid. */
  revision?: 'old' | 'new' | undefined
  selected?: boolean | undefined
}
