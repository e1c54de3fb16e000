/** Bytes as docker prints them: four figures, powers of 1000. Models: docker/go-units HumanSizeWithPrecision. */
export function sizeText(bytes: number, figures = 3): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let unit = 0
  let size = bytes
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${general(size, figures)}${units[unit]}`
}

/** A number as Go's `%.4g` prints it, for sizes below 1000. */
function general(value: number, figures: number): string {
  if (value === 0) return '0'
  const text = value.toPrecision(figures)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
