import { describe, expect, it } from 'vitest'
import { searchHistory } from './historySearch.ts'

const history = ['kubectl get pods', 'ls', 'kubectl get nodes', 'kubectl get nodes', 'cat a']

describe('Ctrl+R', () => {
  it('finds the latest line that holds what was typed', () => {
    expect(searchHistory(history, 'get')).toEqual({ at: 3, line: 'kubectl get nodes' })
  })

  it('goes on to an older and a different one', () => {
    expect(searchHistory(history, 'get', 3)).toEqual({ at: 0, line: 'kubectl get pods' })
    expect(searchHistory(history, 'get', 0)).toBeUndefined()
  })

  it('finds nothing for nothing', () => {
    expect(searchHistory(history, '')).toBeUndefined()
    expect(searchHistory(history, 'xyz')).toBeUndefined()
    expect(searchHistory([], 'a')).toBeUndefined()
  })
})
