import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'

/** A labelled line of text. `error` is the tool's or our words about what was typed; it is tied to the field, and has its octagon.
 *  `hideLabel` keeps the name for assistive technology where the place is obvious. */
export function TextField({ label, hideLabel, hint, error, mono, onChange, ...rest }: TextFieldProps) {
  return (
    <Field.Root className="field" invalid={error !== undefined}>
      <Field.Label className={hideLabel ? 'sr-only' : 'field-label'}>{label}</Field.Label>
      <Field.Control
        {...rest}
        className={classes('input', mono && 'mono')}
        spellCheck={mono ? false : rest.spellCheck}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint && error === undefined ? <Field.Description className="micro m-0">{hint}</Field.Description> : null}
      {error === undefined ? null : (
        <Field.Error match className="verdict s-err whitespace-normal!">
          <Glyph status="err" size={13} />
          {error}
        </Field.Error>
      )}
    </Field.Root>
  )
}

export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'onChange' | 'className' | 'style' | 'value' | 'defaultValue' | 'ref'> {
  label: ReactNode
  hideLabel?: boolean | undefined
  hint?: ReactNode | undefined
  error?: string | undefined
  mono?: boolean | undefined
  value: string
  onChange: (value: string) => void
}
