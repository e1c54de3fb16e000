/** The addresses of Services in the lab: a kubeadm cluster's default. */
export const SERVICE_CIDR = '10.96.0.0/12'

/** Cluster IP of the `kubernetes` Service: the first address of the range. */
export const KUBERNETES_SERVICE_IP = '10.96.0.1'

/** Cluster IP of the DNS service, the tenth address of the range, as kubeadm chooses it. */
export const DNS_SERVICE_IP = '10.96.0.10'

/** The IPv6 range of Services, for dual-stack ones. */
export const SERVICE_CIDR6 = 'fd00:10:96::/112'

/** A number of an IPv4 text; undefined when it is none. */
export function ipv4Number(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!parts) return undefined
  let number = 0
  for (let i = 1; i <= 4; i++) {
    const part = Number(parts[i])
    if (part > 255 || (parts[i]?.length ?? 0) !== String(part).length) return undefined
    number = number * 256 + part
  }
  return number
}

/** An IPv4 text of a number. */
export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}

/** First address and size of an IPv4 block written as `10.96.0.0/12`; undefined when it is none. */
export function ipv4Block(cidr: string): { readonly first: number; readonly size: number } | undefined {
  const [address = '', bits = ''] = cidr.split('/')
  const number = ipv4Number(address)
  const length = Number(bits)
  if (number === undefined || !/^\d{1,2}$/.test(bits) || length > 32) return undefined
  const size = 2 ** (32 - length)
  return { first: Math.floor(number / size) * size, size }
}

/** Whether an IPv4 address lies in a block. */
export function inBlock(address: string, cidr: string): boolean {
  const number = ipv4Number(address)
  const block = ipv4Block(cidr)
  return number !== undefined && block !== undefined && number >= block.first && number < block.first + block.size
}
