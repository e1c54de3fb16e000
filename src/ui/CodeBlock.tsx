import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { announce } from './LiveRegion.tsx'

/** Text a learner could type or keep: mono, scrollable by keyboard, to copy. `marked` lines (from 1) get an accent edge and are announced as such; `quiet` ones stand back. */
export function CodeBlock({ code, label, numbers, marked = [], quiet, copy = true }: CodeBlockProps) {
  const lines = code.replace(/\n$/, '').split('\n')
  return (
    <figure className={classes('code m-0', numbers && 'numbered')} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>
          {lines.map((line, index) => (
            <span
              className={classes('ln', quiet?.has(index + 1) && 'text-muted')}
              key={index}
              data-marked={marked.includes(index + 1) || undefined}
            >
              {numbers ? (
                <span className="no" aria-hidden="true">
                  {index + 1}
                </span>
              ) : null}
              {marked.includes(index + 1) ? <mark className="bg-transparent text-inherit">{line}</mark> : line}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
      {copy ? <CopyButton text={code} /> : null}
    </figure>
  )
}

export interface CodeBlockProps {
  code: string
  label: string
  numbers?: boolean | undefined
  marked?: readonly number[] | undefined
  quiet?: ReadonlySet<number> | undefined
  copy?: boolean | undefined
}

function CopyButton({ text }: { text: string }) {
  const [done, setDone] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <button
      type="button"
      className="ib sm absolute top-1 right-1 bg-well"
      aria-label={done ? 'Copied' : 'Copy'}
      onClick={() => {
        navigator.clipboard?.writeText(text).then(
          () => {
            announce('Copied')
            setDone(true)
            timer.current = setTimeout(() => setDone(false), 1500)
          },
          () => announce('The browser did not allow copying'),
        )
      }}
    >
      {done ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </button>
  )
}
