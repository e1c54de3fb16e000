import { ipv4Text } from '../service/addressRange.ts'

/** Names below these domains exist outside of the cluster; everything else is unknown there. */
const DOMAINS = [
  'example.com',
  'example.org',
  'example.net',
  'kubernetes.io',
  'k8s.io',
  'google.com',
  'github.com',
  'docker.com',
  'docker.io',
  'amazonaws.com',
  'debian.org',
  'alpinelinux.org',
]

/** The address of a name of the internet outside of the lab; undefined when nobody has it. */
export function internetAddress(name: string): string | undefined {
  const known = DOMAINS.some(
    (domain) =>
      name === domain || name === `www.${domain}` || (name.endsWith(`.${domain}`) && !domain.startsWith('example')),
  )
  if (!known) return undefined
  let hash = 7
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0
  return ipv4Text(0x5db80000 + (hash % 65536))
}
