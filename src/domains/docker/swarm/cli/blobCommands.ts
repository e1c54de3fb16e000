import { resolvePath } from '../../../../shell/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Command } from '../../cli/command.ts'
import { filtersOf, hasLabel } from '../../cli/filters.ts'
import { formatRows, type Row } from '../../cli/format.ts'
import { eachArgument } from '../../cli/pick.ts'
import { Problem, refused } from '../../cli/problem.ts'
import { labelsOf } from '../../cli/readSpec.ts'
import { humanDuration, nanoTime } from '../../cli/units.ts'
import { type Blob, type BlobSort, blobId, blobKind, blobsOf, findBlob } from '../blob.ts'
import { swarmId } from '../identity.ts'
import { servicesOf } from '../service.ts'
import { manager, rpc } from './access.ts'
import { printInspected, printPretty } from './inspected.ts'

const LIMITS = { config: 1_024_000, secret: 512_000 } as const

function blobNamed(ask: Ask, sort: BlobSort, text: string): Blob {
  const found = findBlob(ask.world, sort, text)
  if (!found) throw refused(`${sort} ${text} not found`)
  return found
}

function commandsOf(sort: BlobSort): readonly Command[] {
  const upper = sort.toUpperCase()
  const title = sort === 'config' ? 'Config' : 'Secret'
  return [
    {
      path: `${sort} create`,
      summary: `Create a ${sort} from a file or STDIN`,
      usage: sort === 'config' ? '[OPTIONS] CONFIG file|-' : '[OPTIONS] SECRET [file|-]',
      args: sort === 'config' ? [2, 2] : [1, 2],
      flags: [
        ...(sort === 'secret' ? [{ name: 'driver', short: 'd', type: 'string', says: 'Secret driver' }] : []),
        { name: 'label', short: 'l', type: 'list', says: `${title} labels` },
        { name: 'template-driver', type: 'string', says: 'Template driver' },
      ],
      run(ask) {
        const [name = '', path = '-'] = ask.args
        const text = textOf(ask, sort, path)
        manager(ask)
        if (!/^[a-zA-Z0-9]+(?:[a-zA-Z0-9\-_.]*[a-zA-Z0-9])?$/.test(name) || name.length > 64)
          throw rpc(
            'InvalidArgument',
            `invalid ${sort} name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]`,
          )
        if (text.length === 0 || text.length >= LIMITS[sort])
          throw rpc('InvalidArgument', `${sort} data must be larger than 0 and less than ${LIMITS[sort]} bytes`)
        if (ask.world.get(blobId(sort, name))) throw rpc('AlreadyExists', `${sort} ${name} already exists`)
        ask.emit([
          {
            to: blobId(sort, name),
            kind: blobKind(sort),
            type: 'Created',
            data: {
              name,
              text,
              labels: labelsOf(ask.all('label')) ?? {},
              createdAt: ask.world.now,
              ...(ask.text('template-driver') === undefined ? {} : { template: ask.text('template-driver') }),
            },
          },
        ])
        return { wait: { after: 10 }, state: null }
      },
      resume(ask) {
        ask.out(`${swarmId(blobNamed(ask, sort, ask.args[0] ?? ''))}\n`)
        return { exit: 0 }
      },
    },
    {
      path: `${sort} ls`,
      aliases: [`${sort} list`],
      summary: `List ${sort}s`,
      usage: '[OPTIONS]',
      args: [0, 0],
      flags: [
        { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
        { name: 'format', type: 'string', says: 'Format output using a custom template' },
        { name: 'quiet', short: 'q', says: 'Only display IDs' },
      ],
      run(ask) {
        manager(ask)
        const filters = filtersOf(ask, ['id', 'name', 'label', 'names'])
        const blobs = blobsOf(ask.world, sort).filter((blob) =>
          [...filters].every(([name, values]) =>
            values.some((value) =>
              name === 'id'
                ? swarmId(blob).startsWith(value)
                : name === 'label'
                  ? hasLabel(blob.labels, value)
                  : blob.name.startsWith(value),
            ),
          ),
        )
        const rows = blobs.map((blob): Row => {
          const age = `${humanDuration(ask.world.now - blob.createdAt)} ago`
          return {
            ID: swarmId(blob),
            Name: blob.name,
            Driver: '',
            CreatedAt: age,
            UpdatedAt: age,
            Labels: Object.entries(blob.labels)
              .map(([key, value]) => `${key}=${value}`)
              .join(','),
          }
        })
        if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
        else
          ask.out(
            formatRows(
              rows,
              [
                ['ID', 'ID'],
                ['NAME', 'Name'],
                ...(sort === 'secret' ? ([['DRIVER', 'Driver']] as const) : []),
                ['CREATED', 'CreatedAt'],
                ['UPDATED', 'UpdatedAt'],
              ],
              { CreatedAt: 'CREATED', UpdatedAt: 'UPDATED' },
              ask.text('format'),
            ),
          )
        return { exit: 0 }
      },
    },
    {
      path: `${sort} inspect`,
      summary: `Display detailed information on one or more ${sort}s`,
      usage: `[OPTIONS] ${upper} [${upper}...]`,
      args: [1, Number.POSITIVE_INFINITY],
      flags: [
        { name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' },
        { name: 'pretty', says: 'Print the information in a human friendly format' },
      ],
      run(ask) {
        manager(ask)
        if (ask.flag('pretty')) return printPretty(ask, (text) => prettyBlob(sort, blobNamed(ask, sort, text)))
        return printInspected(ask, (text) => blobObject(sort, blobNamed(ask, sort, text)))
      },
    },
    {
      path: `${sort} rm`,
      aliases: [`${sort} remove`],
      summary: `Remove one or more ${sort}s`,
      usage: `${upper} [${upper}...]`,
      args: [1, Number.POSITIVE_INFINITY],
      run(ask) {
        manager(ask)
        return eachArgument(ask, (text) => {
          const blob = blobNamed(ask, sort, text)
          const users = servicesOf(ask.world).filter(({ spec }) =>
            spec.task[sort === 'config' ? 'configs' : 'secrets'].some(({ name }) => name === blob.name),
          )
          if (users.length > 0)
            throw rpc(
              'InvalidArgument',
              `${sort} '${blob.name}' is in use by the following service${users.length > 1 ? 's' : ''}: ${users.map(({ spec }) => spec.name).join(', ')}`,
            )
          ask.emit([{ to: blob.id, type: 'Removed' }])
          ask.out(`${text}\n`)
        })
      },
    },
  ]
}

function textOf(ask: Ask, sort: BlobSort, path: string): string {
  if (path === '-') return ask.call.stdin ?? ''
  const file = ask.call.files.read(resolvePath(ask.call.cwd, path))
  if ('error' in file)
    throw new Problem(
      `error reading content from ${sort === 'config' ? `"${path}"` : 'file'}: open ${path}: ${file.error.toLowerCase()}`,
    )
  return file.text
}

/** A config or secret as the API has it; the text of a secret is never shown. */
export function blobObject(sort: BlobSort, blob: Blob): Readonly<Record<string, unknown>> {
  return {
    ID: swarmId(blob),
    Version: { Index: 10 + blob.born },
    CreatedAt: nanoTime(blob.createdAt),
    UpdatedAt: nanoTime(blob.createdAt),
    Spec: {
      Name: blob.name,
      Labels: blob.labels,
      ...(sort === 'config' ? { Data: base64(blob.text) } : {}),
      ...(blob.template === undefined ? {} : { Templating: { Name: blob.template } }),
    },
  }
}

function prettyBlob(sort: BlobSort, blob: Blob): string {
  const labels = Object.entries(blob.labels).map(([key, value]) => ` - ${key}=${value}`)
  const time = nanoTime(blob.createdAt)
    .replace('T', ' ')
    .replace(/\.(\d+)Z$/, '.$1 +0000 utc')
  return [
    `ID:\t\t\t${swarmId(blob)}`,
    `Name:\t\t\t${blob.name}`,
    labels.length > 0 ? `Labels:\n${labels.join('\n')}` : 'Labels:',
    ...(sort === 'secret' ? ['Driver:\t\t\t'] : []),
    `Created at:            \t${time}`,
    `Updated at:            \t${time}`,
    ...(sort === 'config' ? ['Data:', blob.text] : []),
  ].join('\n')
}

function base64(text: string): string {
  return btoa([...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join(''))
}

/** `docker config` and `docker secret`. Models: docker/cli cli/command/config, cli/command/secret */
export const blobCommands: readonly Command[] = [...commandsOf('config'), ...commandsOf('secret')]
