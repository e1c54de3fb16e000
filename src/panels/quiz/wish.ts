/** What an address asks for, and about what. */
export interface Wish {
  readonly sort: 'home' | 'any' | 'topic' | 'review' | 'class' | 'code' | 'exam'
  readonly what: string
}

/** Reads `/quiz`, `/quiz/any`, `/quiz/<topic>`, `/quiz/review/<concepts>`, `/quiz/class/<code>/<student>`, `/q/<code>` and `/exam`. */
export function wishOf(path: string): Wish {
  const [, room, first = '', second = '', third = '1'] = path.split('/').map(decodeURIComponent)
  if (room === 'exam') return { sort: 'exam', what: '' }
  if (room === 'q' && first !== '') return { sort: 'code', what: first }
  if (first === 'review' && second !== '') return { sort: 'review', what: second }
  if (first === 'class' && second !== '') return { sort: 'class', what: `${second}/${third}` }
  if (first === '' || first === 'any') return { sort: first === '' ? 'home' : 'any', what: '' }
  return { sort: 'topic', what: first }
}
