import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { linter, lintGutter } from '@codemirror/lint'
import { searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { type RefObject, useEffect, useRef } from 'react'
import { useLab } from '../../host/react.ts'
import { editorTheme } from './editorTheme.ts'
import { shellLanguage } from './shellLanguage.ts'
import { languageOf, type Problem, syntaxProblems } from './syntaxProblems.ts'

/**
 * One text in CodeMirror. It lives in a shadow root, where its styles are constructed sheets: the page's policy forbids injected style
 * elements. With an `original` it shows what was changed against that.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { path, text, original, go } = props
  const lab = useLab()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const box = host.current
    if (!box) return
    const root = box.shadowRoot ?? box.attachShadow({ mode: 'open' })
    const place = document.createElement('div')
    place.style.height = '100%'
    root.append(place)
    const language = languageOf(path, text)
    const find = async (now: EditorView) => {
      const doc = now.state.doc
      const own = syntaxProblems(language, doc.toString())
      const asked = own.length > 0 ? [] : await lab.ask('lint', { path, text: doc.toString() }).catch(() => [])
      const problems = [...own, ...(asked as readonly Problem[])]
      latest.current.onProblems(problems)
      return problems.map(({ line, column, message }) => {
        const at = doc.line(Math.max(1, Math.min(doc.lines, line)))
        const from = Math.min(at.to, at.from + column - 1)
        return { from, to: Math.max(from, at.to), severity: 'error' as const, message }
      })
    }
    const extensions: Extension[] = [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of('  '),
      bracketMatching(),
      highlightActiveLine(),
      autocompletion(),
      languages[language],
      linter(find, { delay: 400 }),
      lintGutter(),
      editorTheme,
      EditorView.contentAttributes.of({
        'aria-label': `Text of ${path}`,
        'aria-description': 'Escape, then Tab, leaves the text',
        // An editable text has the focus anyway; this says so to checkers that look for what scrolls the box by keyboard.
        tabindex: '0',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString())
      }),
      keymap.of([
        {
          key: 'Mod-s',
          preventDefault: true,
          run: () => {
            latest.current.onSave()
            return true
          },
        },
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
        indentWithTab,
      ]),
    ]
    const beside = new Compartment()
    extensions.push(beside.of([]))
    const editor = new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: place, root })
    view.current = editor
    let left = false
    if (original !== undefined) {
      void import('@codemirror/merge').then(({ unifiedMergeView }) => {
        if (!left)
          editor.dispatch({ effects: beside.reconfigure(unifiedMergeView({ original, mergeControls: false })) })
      })
    }
    go.current = (line, column) => {
      const at = editor.state.doc.line(Math.max(1, Math.min(editor.state.doc.lines, line)))
      const anchor = Math.min(at.to, at.from + column - 1)
      editor.dispatch({ selection: { anchor }, scrollIntoView: true })
      editor.focus()
    }
    // Seen from outside, a key pressed in here was pressed on a mere div: the page's plain keys must not answer to it.
    const keep = (event: KeyboardEvent) => {
      if (!event.altKey && !((event.ctrlKey || event.metaKey) && event.key === 'k')) event.stopPropagation()
    }
    box.addEventListener('keydown', keep)
    return () => {
      box.removeEventListener('keydown', keep)
      latest.current.onProblems([])
      left = true
      editor.destroy()
      place.remove()
      view.current = undefined
      go.current = undefined
    }
  }, [lab, path, original, go])
  useEffect(() => {
    const doc = view.current?.state.doc
    if (doc && doc.toString() !== text) view.current?.dispatch({ changes: { from: 0, to: doc.length, insert: text } })
  }, [text])
  return <div ref={host} className="ed-code" data-typing />
}

export interface CodeEditorProps {
  path: string
  text: string
  original?: string | undefined
  onChange: (text: string) => void
  onProblems: (problems: readonly Problem[]) => void
  onSave: () => void
  /** Is given a way to go to a place. */
  go: RefObject<((line: number, column: number) => void) | undefined>
}

const languages: Readonly<Record<ReturnType<typeof languageOf>, Extension>> = {
  yaml: yaml(),
  json: json(),
  shell: shellLanguage,
  text: [],
}
