import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { classes } from './classes.ts'

/** One of a few modes. The chosen one is raised, not coloured; one is always chosen. Arrow keys walk, Enter or Space chooses. */
export function Segmented<Id extends string>({ label, options, value, onChange, wide }: SegmentedProps<Id>) {
  const group = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 }[
      event.key
    ]
    if (to === undefined) return
    event.preventDefault()
    buttons.at(to % buttons.length)?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of buttons everywhere
    <div ref={group} role="group" aria-label={label} className={classes('seg', wide && 'flex w-full')} onKeyDown={walk}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-label={option.name}
          aria-pressed={option.id === value}
          data-pressed={option.id === value || undefined}
          tabIndex={option.id === value ? 0 : -1}
          onClick={() => {
            if (option.id !== value) onChange(option.id)
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}

export interface SegmentedProps<Id extends string> {
  label: string
  /** `name` is needed only if `label` is a picture. */
  options: readonly { id: Id; label: ReactNode; name?: string | undefined }[]
  value: Id
  onChange: (id: Id) => void
  /** Fill the width in equal parts. */
  wide?: boolean | undefined
}
