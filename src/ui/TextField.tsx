import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'

/** A labelled line of text. `error` is the tool's or our words about what was typed; it is tied to the field, and has its octagon.
 *  `hideLabel` keeps the name for assistive technology where the place is obvious. */
export function TextField({ label, hideLabel, hint, error, mono, onChange, ...rest }: TextFieldProps) {
  const own = useId()
  const id = rest.id ?? own
  const says = error ?? hint
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'field-label'}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={classes('input', mono && 'mono')}
        spellCheck={mono ? false : rest.spellCheck}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={says === undefined ? rest['aria-describedby'] : `${id}-says`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint && error === undefined ? (
        <p id={`${id}-says`} className="micro m-0">
          {hint}
        </p>
      ) : null}
      {error === undefined ? null : (
        <div id={`${id}-says`} className="verdict s-err whitespace-normal!">
          <Glyph status="err" size={13} />
          {error}
        </div>
      )}
    </div>
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
