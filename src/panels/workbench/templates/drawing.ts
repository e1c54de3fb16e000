/** One box of a drawing: a pictogram and a word. */
export interface Figure {
  readonly pictogram: string
  readonly label: string
}

/**
 * The drawing of a template, from the comment `# draws: client Shoppers > service Service > pod Pod, pod Pod`: columns from left to right,
 * in each the boxes one below another. Lines run from every box to every box of the next column.
 */
export function drawingOf(text: string): readonly (readonly Figure[])[] {
  const [, drawn = ''] = /^# draws:\s*(.+)$/m.exec(text) ?? []
  return drawn
    .split('>')
    .map((column) =>
      column
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
        .map((one) => {
          const [pictogram = '', ...words] = one.split(/\s+/)
          return { pictogram, label: words.join(' ') }
        }),
    )
    .filter((column) => column.length > 0)
}
