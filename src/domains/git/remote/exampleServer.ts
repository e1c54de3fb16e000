import { offerOf } from '../repository/offered.ts'
import { repositoryId, repositoryOf } from '../repository/repository.ts'
import { defineRemote } from './remote.ts'

const HOST = /^https:\/\/git\.example\.com\/([\w./-]+?)(?:\.git)?\/?$/

/** The address of a repository on the plain git server of every lab. */
export function exampleUrl(name: string): string {
  return `https://git.example.com/${name}.git`
}

/** A plain git server that everybody may read from and write to. Models: git http-backend */
defineRemote({
  name: 'example',
  matches: (url) => HOST.test(url),
  repository(url, world) {
    const name = HOST.exec(url)?.[1]
    const id = name === undefined ? undefined : repositoryId(exampleUrl(name))
    return id !== undefined && repositoryOf(world, id) ? id : undefined
  },
  authorize(call, url, action) {
    const id = repositoryId(exampleUrl(HOST.exec(url)?.[1] ?? ''))
    return action === 'push' && !call.world.get(id) && offerOf(id)
      ? `unable to access '${url.replace(/\/?$/, '/')}': The requested URL returned error: 403`
      : undefined
  },
  missing: (url) => `repository '${url.replace(/\/?$/, '/')}' not found`,
})
