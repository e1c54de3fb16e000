import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { classes, IconButton } from '../../ui/index.ts'
import { Terminal } from './Terminal.tsx'

/** Most sessions at a time: more tabs than that nobody tells apart. */
const MOST = 6

/** Sessions of the learner's machine side by side, each with its own directory, variables and running command. The first is always there. */
export function Terminals({ focus }: { focus?: boolean | undefined }) {
  const [names, setNames] = useState<readonly string[]>(['main'])
  const [active, setActive] = useState('main')
  const add = () => {
    let n = 2
    while (names.includes(`tab-${n}`)) n++
    setNames([...names, `tab-${n}`])
    setActive(`tab-${n}`)
  }
  const close = (name: string) => {
    const left = names.filter((one) => one !== name)
    setNames(left)
    if (active === name) setActive(left.at(-1) ?? 'main')
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="term-tabs">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
        <div role="group" aria-label="Sessions" className="flex min-w-0 items-center gap-0.5 overflow-x-auto">
          {names.map((name) => (
            <span key={name} className={classes('term-tab', name === active && 'on')}>
              <button type="button" aria-pressed={name === active} onClick={() => setActive(name)}>
                {name === 'main' ? 'main' : name.replace('tab-', 'session ')}
              </button>
              {name === 'main' ? null : (
                <button
                  type="button"
                  aria-label={`Close ${name.replace('tab-', 'session ')}`}
                  onClick={() => close(name)}
                >
                  <X size={12} aria-hidden="true" />
                </button>
              )}
            </span>
          ))}
        </div>
        {names.length < MOST ? (
          <IconButton small label="New session" onClick={add}>
            <Plus size={14} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {names.map((name) => (
        <div key={name} className="min-h-0 flex-1" hidden={name !== active}>
          <Terminal session={name} focus={focus ?? (name !== 'main' && name === active)} />
        </div>
      ))}
    </div>
  )
}
