import { fail, ok, type Program, readOptions } from '../../../shell/index.ts'
import { exampleUrl } from '../remote/exampleServer.ts'
import { createRepository, REPOSITORY, type Repository, repositoryId } from './repository.ts'

/** `lab git`: what one does at a git server's own page. */
export const gitVerb: Program = {
  name: 'git',
  summary: 'create and delete repositories on the git server of this lab',
  usage: 'create NAME | list | delete NAME',
  operands: 'none',
  subcommands: [
    { name: 'create', summary: 'create an empty repository' },
    { name: 'list', summary: 'list repositories' },
    { name: 'delete', summary: 'delete a repository' },
  ],
  examples: ['lab git create shop', 'git clone https://git.example.com/shop.git'],
  run(call) {
    const options = readOptions(gitVerb, call.argv)
    if ('exit' in options) return options
    const [what, name] = options.operands
    const all = ([...call.world.all(REPOSITORY)] as Repository[]).filter(({ url }) =>
      url.startsWith('https://git.example.com/'),
    )
    if (what === 'list')
      return ok(all.map(({ name: one, url }) => `${one}  ${url}\n`).join('') || 'There are no repositories.\n')
    if (name === undefined || !/^[\w.-]+(\/[\w.-]+)*$/.test(name))
      return fail("lab git: say 'lab git create NAME', 'lab git list' or 'lab git delete NAME'")
    const url = exampleUrl(name)
    const id = repositoryId(url)
    if (what === 'create') {
      if (call.world.get(id)) return fail(`lab git: there is a repository ${name} already`)
      return { exit: 0, stdout: `${url} created\n`, emit: [createRepository(id, { name, url })] }
    }
    if (what !== 'delete') return fail("lab git: say 'lab git create NAME', 'lab git list' or 'lab git delete NAME'")
    if (!call.world.get(id)) return fail(`lab git: there is no repository ${name}`)
    return { exit: 0, stdout: `${url} deleted\n`, emit: [{ to: id, type: 'Deleted' }] }
  },
  complete({ world, words, word }) {
    if (words.at(-1) !== 'delete') return []
    return ([...world.all(REPOSITORY)] as Repository[])
      .map(({ name }) => ({ text: name }))
      .filter(({ text }) => text.startsWith(word))
  },
}
