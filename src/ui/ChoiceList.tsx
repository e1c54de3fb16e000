import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'
import { Kbd } from './Kbd.tsx'
import type { Status } from './status.ts'

/** A question with one answer: radio buttons of 36 px. Arrows walk, and while focus is inside, the number keys choose. After the run an option
 *  can carry a verdict (`status` with `word`), and `locked` shows the answer without letting it change. */
export function ChoiceList<Id extends string>({ question, options, value, onChange, locked }: ChoiceListProps<Id>) {
  const id = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    if (locked || event.ctrlKey || event.metaKey || event.altKey) return
    const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined
    if (!option) return
    event.preventDefault()
    event.stopPropagation()
    onChange(option.id)
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[Number(event.key) - 1]?.focus()
  }
  return (
    <div>
      <p id={id} className="m-0 mb-2 font-strong text-14">
        {question}
      </p>
      <RadioGroup
        aria-labelledby={id}
        className="grid gap-[5px]"
        value={value ?? ''}
        onValueChange={(next) => onChange(next as Id)}
        readOnly={locked ?? false}
        onKeyDown={onKeyDown}
      >
        {options.map((option, index) => (
          <Radio.Root
            key={option.id}
            value={option.id}
            nativeButton
            render={<button type="button" />}
            className={classes('option', option.status && `s-${option.status}`)}
            aria-keyshortcuts={locked ? undefined : String(index + 1)}
          >
            {option.status ? <Glyph status={option.status} /> : <span className="dot" aria-hidden="true" />}
            <span className="min-w-0">
              {option.label}
              {option.note ? <span className="micro block">{option.note}</span> : null}
            </span>
            <span className="end">
              {option.word ? <span className="gl font-strong text-12">{option.word}</span> : null}
              {!option.word && !locked ? <Kbd keys={String(index + 1)} decorative /> : null}
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  )
}

export interface ChoiceListProps<Id extends string> {
  question: ReactNode
  options: readonly ChoiceOption<Id>[]
  value: Id | undefined
  onChange: (id: Id) => void
  locked?: boolean | undefined
}

/** One answer. `status` and `word` belong together: a verdict is never colour alone. */
export interface ChoiceOption<Id extends string = string> {
  id: Id
  label: ReactNode
  note?: ReactNode
  status?: Status | undefined
  word?: string | undefined
}
