import { StreamLanguage } from '@codemirror/language'

const KEYWORDS = new Set(
  'if then else elif fi for while until do done case esac in function return exit break'.split(' '),
)

/** Shell scripts, coloured: strings, variables, comments, keywords and the first word of a command. */
export const shellLanguage = StreamLanguage.define<{ quote: string | undefined; first: boolean }>({
  name: 'shell',
  startState: () => ({ quote: undefined, first: true }),
  token(stream, state) {
    if (stream.sol() && state.quote === undefined) state.first = true
    if (state.quote !== undefined) {
      while (!stream.eol()) {
        const sign = stream.next()
        if (sign === '\\' && state.quote === '"') stream.next()
        else if (sign === state.quote) {
          state.quote = undefined
          break
        }
      }
      return 'string'
    }
    if (stream.eatSpace()) return null
    const sign = stream.next()
    if (sign === '#') {
      stream.skipToEnd()
      return 'comment'
    }
    if (sign === '"' || sign === "'") {
      state.quote = sign
      state.first = false
      return 'string'
    }
    if (sign === '$') {
      stream.match(/^(\{[^}]*\}|[\w@*#?$!-]+)?/)
      return 'variableName'
    }
    if (sign !== undefined && '|&;('.includes(sign)) {
      state.first = true
      return 'operator'
    }
    if (sign !== undefined && '<>)'.includes(sign)) return 'operator'
    stream.match(/^[^\s"'$|&;()<>#]*/)
    const word = stream.current()
    if (KEYWORDS.has(word)) return 'keyword'
    if (word.startsWith('-')) return 'attributeName'
    const { first } = state
    state.first = false
    return first ? 'propertyName' : null
  },
  languageData: { commentTokens: { line: '#' } },
})
