import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { useLab } from '../../host/react.ts'
import { actions } from './actions/index.ts'

/** Binds the keys of all actions. Plain keys are left to whatever is being typed into. */
export function useActionKeys(navigate: (to: string) => void): void {
  const lab = useLab()
  useEffect(() => {
    const bindings = actions.flatMap((action) =>
      action.binding === undefined
        ? []
        : [
            [
              action.binding,
              (event: KeyboardEvent) => {
                if (event.defaultPrevented || ((action.plain || isPlain(event)) && isTyping(event.target))) return
                event.preventDefault()
                action.run({ lab, navigate })
              },
            ] as const,
          ],
    )
    return tinykeys(window, Object.fromEntries(bindings))
  }, [lab, navigate])
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  // The editor lives in a shadow root, so its host is what is seen from here.
  return target.isContentEditable || target.matches('input, textarea, select, [data-typing]')
}
