import { expect, test } from 'vitest'
import { complete } from '../../../shell/index.ts'
import { graphView } from '../graph.view.ts'
import { defineRemote } from '../remote/remote.ts'
import { GitSession } from '../testing/gitSession.ts'
import { type Push, repositoryId, repositoryOf } from './repository.ts'

const URL = 'https://git.example.com/shop.git'
const ID = repositoryId(URL)

function session(): GitSession {
  const one = new GitSession()
  one.run('git config --global user.name Ada; git config --global user.email ada@example.com')
  one.run(`lab git create shop; git clone -q ${URL}; cd shop; echo 1 > f; git add f; git commit -qm first`)
  return one
}

const denied = "unable to access 'https://denied.example.com/shop.git/': The requested URL returned error: 403"
defineRemote({
  name: 'guarded',
  matches: (url) => /^https:\/\/(denied|guarded)\.example\.com\//.test(url),
  repository: () => ID,
  authorize(_, url, action, ref) {
    if (url.includes('denied')) return denied
    return action === 'push' && ref === 'refs/heads/main' ? 'main is protected' : undefined
  },
})

test('a push is an event of the repository, caused by the line that was typed', () => {
  const one = session()
  one.run('git push')
  const { journal, world } = one.simulation
  const events = Array.from({ length: journal.length }, (_, at) => journal.at(at)).filter(
    (event) => event?.type === 'Pushed',
  )
  expect(events.map((event) => event?.to)).toEqual([ID])
  const push = events[0]?.data as Push
  expect(push).toMatchObject({ ref: 'refs/heads/main', old: undefined, by: 'Ada' })
  expect(repositoryOf(world, ID)?.refs['refs/heads/main']).toBe(push.new)
  expect(repositoryOf(world, ID)?.state).toBe('Active')
  let cause = events[0]
  while (cause && cause.causes.length > 0) {
    const [id] = cause.causes
    cause = Array.from({ length: journal.length }, (_, at) => journal.at(at)).find((event) => event?.id === id)
  }
  expect([cause?.type, (cause?.data as { line?: string } | undefined)?.line]).toEqual(['Commanded', 'git push'])
})

test('a server may refuse, altogether or one branch', () => {
  const one = session()
  one.run('git push')
  expect(one.run('git clone https://denied.example.com/shop.git there')).toBe(
    `Cloning into 'there'...\nfatal: ${denied}\n`,
  )
  expect(one.exit).toBe(128)
  one.run('git remote set-url origin https://guarded.example.com/shop.git; echo 2 >> f; git commit -qam second')
  expect(one.run('git push 2>&1 | cat')).toBe(
    "To https://guarded.example.com/shop.git\n ! [remote rejected] main -> main (main is protected)\nerror: failed to push some refs to 'https://guarded.example.com/shop.git'\n",
  )
  expect(one.run('git push origin HEAD:topic 2>&1 | cat')).toBe(
    'To https://guarded.example.com/shop.git\n * [new branch]      HEAD -> topic\n',
  )
})

test('a message is written in the editor of the lab', () => {
  const one = session()
  one.run('echo 2 >> f')
  one.run('git commit -a')
  expect(one.simulation.world.get('shell.Session/main')).toMatchObject({
    editor: { path: '/home/learner/shop/.git/COMMIT_EDITMSG' },
  })
  one.simulation.command(':wq\nsecond thoughts\n\n# not this\n', 'main', 'editor')
  one.pass(10)
  expect(one.run('git log --format=%B -1')).toBe('second thoughts\n\n')
})

test('history is a graph with lanes', () => {
  const one = session()
  one.run('git switch -qc topic; echo t > t; git add t; git commit -qm topic')
  one.run('git switch -q main; echo m > m; git add m; git commit -qm main; git merge -q --no-edit topic; git push -q')
  const graph = graphView.select(one.simulation.world, { session: 'main' })
  const lanes = graph?.commits.map(({ subject, lane }) => [subject, lane])
  expect(lanes).toEqual([
    ["Merge branch 'topic'", 0],
    ['topic', 1],
    ['main', 0],
    ['first', 0],
  ])
  expect(graph).toMatchObject({ head: { branch: 'main' }, lanes: 2 })
  expect(graphView.select(one.simulation.world, { repository: ID })?.commits.length).toBe(4)
})

test('branches, remotes and changed files are completed', () => {
  const one = session()
  one.run('git branch topic; echo 2 >> f; echo n > new')
  const names = (line: string) => complete(one.simulation.world, 'shell.Session/main', line).map(({ text }) => text)
  expect(names('git switch ')).toEqual(['main', 'topic'])
  expect(names('git switch to')).toEqual(['topic'])
  expect(names('git push o')).toEqual(['origin'])
  expect(names('git add ')).toEqual(['f', 'new'])
})
