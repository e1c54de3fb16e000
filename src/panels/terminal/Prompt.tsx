import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Candidates } from '../../host/client.ts'
import { useLab } from '../../host/react.ts'
import type { SessionState } from '../../host/views/index.ts'
import { INTERRUPT } from '../../kernel/event.ts'
import { announce } from '../../ui/index.ts'
import { CompletionMenu } from './CompletionMenu.tsx'
import { accept, acceptCommon, type Typed } from './completion.ts'
import { searchHistory } from './historySearch.ts'

/** The line being typed: history with Up and Down, Ctrl+R, Tab, Ctrl+C, Ctrl+L and the keys of readline that a browser leaves free. */
export function Prompt({
  session,
  state,
  input,
  onRun,
  onClear,
}: {
  session: string
  state: SessionState | undefined
  input: RefObject<HTMLInputElement | null>
  /** Gives a whole line to the session. */
  onRun: (line: string) => void
  onClear: () => void
}) {
  const lab = useLab()
  const menu = useId()
  const [typed, setTyped] = useState<Typed>({ text: '', cursor: 0 })
  /** Place in the history, counted from its end; 0 is the line that is being typed. */
  const [back, setBack] = useState(0)
  const draft = useRef('')
  const [choices, setChoices] = useState<(Candidates & { at: number }) | undefined>(undefined)
  const [search, setSearch] = useState<{ query: string; at: number } | undefined>(undefined)
  const history = state?.history ?? []

  useLayoutEffect(() => {
    const field = input.current
    if (field && document.activeElement === field) field.setSelectionRange(typed.cursor, typed.cursor)
  }, [typed, input])

  const write = (text: string, cursor = text.length) => {
    setTyped({ text, cursor })
    setChoices(undefined)
  }
  const run = (text: string) => {
    write('')
    setBack(0)
    setSearch(undefined)
    draft.current = ''
    onRun(text)
  }
  const walk = (by: number) => {
    const next = Math.max(0, Math.min(history.length, back + by))
    if (next === back) return
    if (back === 0) draft.current = typed.text
    setBack(next)
    write(next === 0 ? draft.current : (history[history.length - next] ?? ''))
  }
  const complete = async () => {
    const found = await lab.complete(typed.text, typed.cursor, session)
    const [only, another] = found.candidates
    if (!only) return announce('No completion')
    if (!another) return setTyped(accept(typed, found.from, only))
    const longer = acceptCommon(typed, found)
    setTyped(longer)
    setChoices({ ...found, at: 0 })
    announce(`${found.candidates.length} completions`)
  }
  const take = (at: number) => {
    const chosen = choices?.candidates[at]
    if (choices && chosen) setTyped(accept(typed, choices.from, chosen))
    setChoices(undefined)
    input.current?.focus()
  }

  const found = search ? searchHistory(history, search.query, search.at) : undefined

  const searching = (event: KeyboardEvent): boolean => {
    if (!search) return false
    if (event.ctrlKey && event.key === 'r') {
      if (found) setSearch({ ...search, at: found.at })
    } else if (event.key === 'Enter') run(found?.line ?? search.query)
    else if (event.key === 'Escape' || (event.ctrlKey && (event.key === 'g' || event.key === 'c'))) setSearch(undefined)
    else if (event.key === 'Tab' || event.key === 'ArrowRight' || event.key === 'ArrowLeft' || event.key === 'End') {
      write(found?.line ?? '')
      setSearch(undefined)
    } else return false
    return true
  }
  const choosing = (event: KeyboardEvent): boolean => {
    if (!choices) return false
    const { length } = choices.candidates
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Tab: event.shiftKey ? -1 : 1 }[event.key]
    if (by !== undefined) setChoices({ ...choices, at: (choices.at + by + length) % length })
    else if (event.key === 'Enter') take(choices.at)
    else if (event.key === 'Escape') setChoices(undefined)
    else return false
    return true
  }
  const editing = (event: KeyboardEvent): boolean => {
    const { text, cursor } = typed
    if (event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.key === 'c') {
        if (hasSelection(input.current)) return false
        write('')
        setBack(0)
        void lab.command(INTERRUPT, session).catch(() => {})
      } else if (event.key === 'l') onClear()
      else if (event.key === 'r') setSearch({ query: '', at: history.length })
      else if (event.key === 'u') write(text.slice(cursor), 0)
      else if (event.key === 'a') write(text, 0)
      else if (event.key === 'e') write(text)
      else return false
      return true
    }
    if (event.key === 'Enter') run(text)
    else if (event.key === 'ArrowUp') walk(1)
    else if (event.key === 'ArrowDown') walk(-1)
    // An empty line lets Tab go on to the next control, so that the keyboard is never caught here.
    else if (event.key === 'Tab' && !event.shiftKey && text !== '') void complete()
    else if (event.key === 'Escape') input.current?.blur()
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (searching(event) || choosing(event) || editing(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text').replace(/\r\n?/g, '\n')
    if (!pasted.includes('\n') || search) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget as HTMLInputElement
    const lines = (typed.text.slice(0, selectionStart ?? 0) + pasted + typed.text.slice(selectionEnd ?? 0)).split('\n')
    const rest = lines.pop() ?? ''
    for (const line of lines) void lab.command(line, session).catch(() => {})
    write(rest)
  }

  const sign = state?.busy ? '' : state?.partial ? '>' : '$'
  return (
    <div className="relative flex min-h-[calc(18px*var(--text-size))] items-baseline">
      {search ? (
        <span className="whitespace-pre text-muted">(reverse-i-search)`</span>
      ) : sign ? (
        <span className="whitespace-pre text-brass">{`${sign} `}</span>
      ) : null}
      <input
        ref={input}
        className="term-input"
        style={search ? { flex: 'none', width: `${search.query.length + 1}ch` } : undefined}
        aria-label={search ? 'Search the history' : state?.busy ? 'Input to the running command' : 'Command line'}
        role="combobox"
        aria-expanded={choices !== undefined}
        aria-controls={menu}
        aria-autocomplete="list"
        aria-activedescendant={choices ? `${menu}-${choices.at}` : undefined}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        value={search ? search.query : typed.text}
        onChange={(event) => {
          const field = event.currentTarget
          if (search) setSearch({ query: field.value, at: history.length })
          else write(field.value, field.selectionStart ?? field.value.length)
        }}
        onSelect={(event) => {
          const { selectionStart, selectionEnd } = event.currentTarget
          if (search || selectionStart !== selectionEnd || selectionStart === null) return
          setTyped((last) => (last.cursor === selectionStart ? last : { ...last, cursor: selectionStart }))
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => setChoices(undefined)}
      />
      {search ? (
        <span className="whitespace-pre">
          <span className="text-muted">': </span>
          {found?.line ?? ''}
        </span>
      ) : null}
      {choices ? <CompletionMenu id={menu} choices={choices} onTake={take} /> : null}
    </div>
  )
}

function hasSelection(field: HTMLInputElement | null): boolean {
  if (field && field.selectionStart !== field.selectionEnd) return true
  return (document.getSelection()?.toString() ?? '') !== ''
}
