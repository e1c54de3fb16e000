import type { Files } from '../../../../shell/index.ts'

/** Addresses by name from `/etc/hosts`; the first line that names a host counts. */
export function hostsOf(files: Files): { readonly [name: string]: string } {
  const file = files.read('/etc/hosts')
  const hosts: { [name: string]: string } = {}
  if ('error' in file) return hosts
  for (const line of file.text.split('\n')) {
    const [ip, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (ip === undefined || ip.includes(':')) continue
    for (const name of names) hosts[name] ??= ip
  }
  return hosts
}
