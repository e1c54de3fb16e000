import { describe, expect, it } from 'vitest'
import type { Source } from '../host/views/index.ts'
import { batchesOf, documentsOf, streamOf } from './documents.ts'

const source = (text: string, language: 'yaml' | 'json' = 'yaml'): Source => ({
  id: text,
  label: 'Thing',
  name: text,
  file: { language, text },
})
const handlers = [
  { extensions: ['yaml', 'json'], has: '^\\s*"?apiVersion"?\\s*:', line: 'apply FILE' },
  { extensions: ['json'], has: '^\\s*"family"\\s*:', line: 'register FILE' },
]

describe('what is copied', () => {
  it('is one stream of documents, and comes apart again as it was', () => {
    const text = streamOf([
      source('apiVersion: v1\nkind: A\n'),
      source('apiVersion: v1\nkind: B'),
      source('{\n  "family": "c"\n}\n', 'json'),
    ])
    expect(text).toBe('apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n---\n{\n  "family": "c"\n}\n')
    expect(documentsOf(text).map(({ language }) => language)).toEqual(['yaml', 'yaml', 'json'])
    expect(documentsOf(text)[1]?.text).toBe('apiVersion: v1\nkind: B\n')
  })
})

describe('what is pasted', () => {
  it('goes to whoever knows it, what belongs together in one file', () => {
    const text =
      '# mine\napiVersion: v1\nkind: A\n--- # next\napiVersion: v1\nkind: B\n---\n{\n  "family": "c"\n}\n---\nhello: there\n'
    const { batches, rest } = batchesOf(documentsOf(text), handlers)
    expect(batches).toEqual([
      { language: 'yaml', line: 'apply FILE', text: '# mine\napiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n' },
      { language: 'json', line: 'register FILE', text: '{\n  "family": "c"\n}\n' },
    ])
    expect(rest).toEqual([{ language: 'yaml', text: 'hello: there\n' }])
  })

  it('is nothing when there is nothing in it', () => {
    expect(documentsOf('\n---\n# only a comment\n---\n  \n')).toEqual([])
    expect(documentsOf('')).toEqual([])
  })

  it('leaves a line of dashes within a text alone', () => {
    expect(documentsOf('a: |\n  ---\n  b\n')).toHaveLength(1)
  })
})
