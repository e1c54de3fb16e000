import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** CodeMirror in Orrery's tokens, which reach into its shadow root: both themes without a second style sheet. */
export const editorTheme = [
  EditorView.theme({
    '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: 'var(--t-12)' },
    '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5', fontFeatureSettings: '"calt" 0, "zero" 0' },
    '.cm-content': { caretColor: 'var(--accent)', padding: '6px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
    '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--muted)', border: '0' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 55%, transparent)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'color-mix(in srgb, var(--accent) 26%, transparent) !important',
    },
    '.cm-tooltip': {
      background: 'var(--raised)',
      color: 'var(--text)',
      border: '1px solid var(--line-strong)',
      borderRadius: '6px',
      boxShadow: 'var(--shadow-2)',
    },
    '.cm-panels': { background: 'var(--well)', color: 'var(--text)', borderColor: 'var(--line)' },
    '.cm-textfield': { background: 'var(--panel)', border: '1px solid var(--edge)', color: 'var(--text)' },
    '.cm-button': { background: 'var(--control)', border: '1px solid var(--line-strong)', color: 'var(--text)' },
    '.cm-changedLine': { backgroundColor: 'var(--ok-tint) !important' },
    '.cm-changedText': { background: 'color-mix(in srgb, var(--ok) 24%, transparent) !important' },
    '.cm-deletedChunk': { backgroundColor: 'var(--err-tint) !important' },
    '.cm-deletedText': { background: 'color-mix(in srgb, var(--err) 24%, transparent) !important' },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--err)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.keyword], color: 'var(--accent)' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
      { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--pend)' },
      { tag: [tags.comment, tags.meta], color: 'var(--muted)', fontStyle: 'italic' },
      { tag: [tags.variableName, tags.attributeName], color: 'var(--rev-new)' },
      { tag: [tags.punctuation, tags.separator, tags.operator, tags.bracket], color: 'var(--edge)' },
    ]),
  ),
]
