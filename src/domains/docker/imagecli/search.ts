import { catalogue } from '../../containerd/index.ts'
import type { Command } from '../cli/command.ts'
import { formatRows } from '../cli/format.ts'
import { familiar } from '../image/index.ts'

/** Models: docker/cli cli/command/registry/search.go, over the lab's own catalogue of Docker Hub. */
export const search: Command = {
  path: 'search',
  summary: 'Search Docker Hub for images',
  usage: '[OPTIONS] TERM',
  args: [1, 1],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Pretty-print search using a Go template' },
    { name: 'limit', type: 'int', says: 'Max number of search results' },
    { name: 'no-trunc', says: "Don't truncate output" },
  ],
  run(ask) {
    const [term = ''] = ask.args
    const pushed = [...ask.world.all('containerd.Image')].map(({ id }) => ({
      name: id.slice('containerd.Image/'.length).replace(/:[^:/]*$/, ''),
    }))
    const rows = [...new Map([...catalogue, ...pushed].map(({ name }) => [name, { name }])).values()]
      .filter(({ name }) => name.startsWith('docker.io/') && name.includes(term))
      .map(({ name }) => {
        const official = name.startsWith('docker.io/library/')
        const text = familiar({ name })
        const stars = Math.round((official ? 20_000 : 800) * ask.world.draw('stars', name))
        return {
          Name: text,
          Description: official ? `Official build of ${text}.` : '',
          StarCount: stars,
          IsOfficial: official ? '[OK]' : '',
        }
      })
      .sort((a, b) => Number(b.Name === term) - Number(a.Name === term) || b.StarCount - a.StarCount)
      .filter(({ StarCount, IsOfficial }) =>
        ask
          .all('filter')
          .every((text) =>
            text.startsWith('stars=')
              ? StarCount >= Number(text.slice(6))
              : text !== 'is-official=true' || IsOfficial !== '',
          ),
      )
      .slice(0, ask.number('limit') ?? 25)
    const columns = [
      ['NAME', 'Name'],
      ['DESCRIPTION', 'Description'],
      ['STARS', 'StarCount'],
      ['OFFICIAL', 'IsOfficial'],
    ] as const
    ask.out(
      formatRows(
        rows,
        columns,
        { Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
        ask.text('format'),
      ),
    )
    return { exit: 0 }
  },
}
