import { describe, expect, it } from 'vitest'
import { REGION, servicePrincipal, services } from '../core/index.ts'
import { withRepository } from './testing/terminal.ts'

const b64 = (text: string) => Buffer.from(text).toString('base64')

describe('a build', () => {
  it('gets the files of a branch, a commit or the default branch, as far as its role may', () => {
    const terminal = withRepository()
    const first = terminal.json(
      `create-commit --repository-name shop --branch-name main --commit-message "Say one" --put-files filePath=a/b.txt,fileContent=${b64('one')}`,
    )['commitId']
    terminal.json(
      `put-file --repository-name shop --branch-name main --file-path a/b.txt --file-content ${b64('two')} --parent-commit-id ${first}`,
    )
    const [source] = services.get('codecommit')?.buildSources ?? []
    const { world } = terminal.simulation
    const location = 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/shop'
    const fetch = (version: string | undefined, where = location, principal = servicePrincipal('codebuild')) =>
      source?.fetch(where, version, principal, world)
    expect(fetch(undefined)).toMatchObject({ files: { 'a/b.txt': 'two' } })
    expect(fetch(String(first))).toMatchObject({
      files: { 'a/b.txt': 'one' },
      revision: { id: first, summary: 'Say one', at: 0 },
    })
    expect(fetch('nope')).toEqual({ error: 'reference not found for primary source and source version nope' })
    expect(fetch('main', `${location}2`)).toHaveProperty('error')
    const stranger = { arn: 'arn:aws:sts::123456789012:assumed-role/none/x', account: '123456789012' }
    expect(fetch('main', location, stranger)).toEqual({
      error: 'authorization failed for primary source and source version main',
    })
  })
})

describe('a stack', () => {
  it('makes, renames and removes a repository', () => {
    const terminal = withRepository()
    const [type] = services.get('codecommit')?.resources ?? []
    const { simulation } = terminal
    const call = {
      world: simulation.world,
      region: REGION,
      principal: servicePrincipal('cloudformation'),
      stack: 's',
      logicalId: 'Repo',
      generatedName: 's-Repo-1',
      tags: {},
    }
    const take = (answer: unknown): string => {
      const { physicalId, emit } = answer as {
        physicalId: string
        emit: Parameters<typeof simulation.schedule>[0][]
      }
      for (const one of emit) simulation.schedule(one, [])
      terminal.pass(1)
      return physicalId
    }
    const made = type?.create({ RepositoryName: 'made', RepositoryDescription: 'by a stack' }, call)
    const id = take(made)
    expect(type?.state(id, simulation.world)).toBe('ready')
    expect(type?.attributes?.(id, simulation.world)).toMatchObject({
      Name: 'made',
      Arn: 'arn:aws:codecommit:us-east-1:123456789012:made',
    })
    take(type?.update?.(id, { RepositoryName: 'other' }, { RepositoryName: 'made' }, call))
    expect(terminal.json('get-repository --repository-name other')['repositoryMetadata']).toMatchObject({
      repositoryId: id,
      cloneUrlHttp: 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/other',
    })
    expect(type?.create({ RepositoryName: 'other' }, call)).toMatchObject({
      error: { code: 'RepositoryNameExistsException' },
    })
    take(type?.remove(id, { RepositoryName: 'other' }, call))
    expect(type?.state(id, simulation.world)).toBe('gone')
  })
})

describe('the credential helper', () => {
  it('answers git for hosts of CodeCommit alone', () => {
    const terminal = withRepository()
    const ask = (host: string) =>
      terminal.run(`printf 'protocol=https\\nhost=${host}\\n' | aws codecommit credential-helper get`)
    expect(ask('git-codecommit.us-east-1.amazonaws.com')).toMatch(
      /^username=AKIA[0-9A-F]{16}\npassword=20260101T000000Z[0-9a-f]{64}\n$/,
    )
    expect(ask('github.com')).toBe('')
  })
})
