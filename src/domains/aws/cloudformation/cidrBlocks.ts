import { TemplateProblem } from './template.ts'

/** `count` networks with `bits` host bits each, cut out of an IPv4 network. Models: Fn::Cidr */
export function cidrBlocks(network: string, count: number, bits: number): readonly string[] {
  const [, a = '0', b = '0', c = '0', d = '0', length = '0'] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(network) ?? []
  const size = 2 ** bits
  const base = ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d)
  if (count < 1 || count > 256 || 2 ** (32 - Number(length)) < size * count)
    throw new TemplateProblem(
      'Template error: Fn::Cidr: the requested number of CIDR blocks exceeds the limit of the IP block',
    )
  return Array.from({ length: count }, (_none, i) => {
    const start = base + i * size
    return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${32 - bits}`
  })
}
