import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** One of a few modes. The chosen one is raised, not coloured; one is always chosen. Arrow keys walk, Enter or Space chooses. */
export function Segmented<Id extends string>({ label, options, value, onChange, wide }: SegmentedProps<Id>) {
  return (
    <ToggleGroup
      aria-label={label}
      className={classes('seg', wide && 'flex w-full')}
      value={[value]}
      onValueChange={(next) => {
        const chosen = next[0]
        if (chosen !== undefined && chosen !== value) onChange(chosen as Id)
      }}
    >
      {options.map((option) => (
        <Toggle key={option.id} value={option.id} aria-label={option.name}>
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
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
