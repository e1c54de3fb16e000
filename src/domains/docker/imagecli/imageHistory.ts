import type { Command } from '../cli/command.ts'
import { formatRows } from '../cli/format.ts'
import { imageNamed } from '../cli/pick.ts'
import { humanDuration, nanoTime } from '../cli/units.ts'
import { shortId, sizeText } from '../image/index.ts'

/** Models: docker/cli cli/command/image/history.go */
export const imageHistory: Command = {
  path: 'history',
  aliases: ['image history'],
  summary: 'Show the history of an image',
  usage: '[OPTIONS] IMAGE',
  args: [1, 1],
  completes: 'images',
  flags: [
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'human', short: 'H', says: 'Print sizes and dates in human readable format (default true)' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'platform', type: 'string', says: 'Show history for the given platform' },
    { name: 'quiet', short: 'q', says: 'Only show image IDs' },
  ],
  run(ask) {
    const image = imageNamed(ask, ask.args[0] ?? '')
    const full = ask.flag('no-trunc')
    const human = ask.text('human') !== 'false'
    const rows = [...image.layers].reverse().map((layer, i) => {
      const by = full || layer.createdBy.length <= 45 ? layer.createdBy : `${layer.createdBy.slice(0, 44)}…`
      return {
        ID: i === 0 ? (full ? image.imageId : shortId(image.imageId)) : '<missing>',
        CreatedSince: human ? `${humanDuration(ask.world.now - layer.created)} ago` : nanoTime(layer.created),
        CreatedAt: nanoTime(layer.created),
        CreatedBy: by,
        Size: human ? sizeText(layer.size) : String(layer.size),
        Comment: layer.comment ?? '',
      }
    })
    if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
    else
      ask.out(
        formatRows(
          rows,
          [
            ['IMAGE', 'ID'],
            ['CREATED', 'CreatedSince'],
            ['CREATED BY', 'CreatedBy'],
            ['SIZE', 'Size'],
            ['COMMENT', 'Comment'],
          ],
          { ID: 'IMAGE', CreatedBy: 'CREATED BY', Comment: 'COMMENT' },
          ask.text('format'),
        ),
      )
    return { exit: 0 }
  },
}
