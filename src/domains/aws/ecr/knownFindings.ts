import type { Finding } from './repository.ts'

/** Vulnerabilities of a base in the versions that match: data of the lab, a few well-known ones out of thousands. */
interface Vulnerable {
  /** Name of the base image, by its last part. */
  readonly name: string
  /** Versions below this one have it; parts are compared as numbers. */
  readonly below: string
  readonly finding: Finding
}

function cve(
  name: string,
  severity: Finding['severity'],
  packageName: string,
  packageVersion: string,
  description: string,
): Finding {
  return { name, severity, packageName, packageVersion, description }
}

const KNOWN: readonly Vulnerable[] = [
  {
    name: 'alpine',
    below: '3.16',
    finding: cve(
      'CVE-2022-37434',
      'CRITICAL',
      'zlib',
      '1.2.12-r1',
      'Heap-based over-read in inflate of zlib through a large gzip header extra field.',
    ),
  },
  {
    name: 'alpine',
    below: '3.14',
    finding: cve(
      'CVE-2021-36159',
      'CRITICAL',
      'apk-tools',
      '2.12.5-r1',
      'Out-of-bounds read in libfetch, as used in apk-tools.',
    ),
  },
  {
    name: 'alpine',
    below: '3.18',
    finding: cve(
      'CVE-2023-0286',
      'HIGH',
      'openssl',
      '1.1.1s-r0',
      'Type confusion in X.400 address processing of OpenSSL.',
    ),
  },
  {
    name: 'debian',
    below: '11',
    finding: cve(
      'CVE-2022-0778',
      'HIGH',
      'openssl',
      '1.1.1d-0+deb10u7',
      'Infinite loop in BN_mod_sqrt of OpenSSL when parsing certificates.',
    ),
  },
  {
    name: 'debian',
    below: '12',
    finding: cve(
      'CVE-2023-4911',
      'HIGH',
      'glibc',
      '2.31-13+deb11u6',
      'Buffer overflow in the dynamic loader of the GNU C library (GLIBC_TUNABLES).',
    ),
  },
  {
    name: 'ubuntu',
    below: '22.04',
    finding: cve(
      'CVE-2021-3449',
      'MEDIUM',
      'openssl',
      '1.1.1f-1ubuntu2',
      'NULL pointer dereference in signature_algorithms processing of OpenSSL.',
    ),
  },
  {
    name: 'node',
    below: '18',
    finding: cve(
      'CVE-2023-32002',
      'CRITICAL',
      'nodejs',
      '16.20.0',
      'The policy mechanism of Node.js can be bypassed through Module._load().',
    ),
  },
  {
    name: 'node',
    below: '20',
    finding: cve(
      'CVE-2024-27983',
      'HIGH',
      'nodejs',
      '18.19.0',
      'The HTTP/2 server of Node.js can be crashed by a few frames with headers.',
    ),
  },
  {
    name: 'python',
    below: '3.9',
    finding: cve('CVE-2021-3177', 'CRITICAL', 'python', '3.8.7', 'Buffer overflow in PyCArg_repr of ctypes.'),
  },
  {
    name: 'python',
    below: '3.11',
    finding: cve(
      'CVE-2023-24329',
      'HIGH',
      'python',
      '3.10.9',
      'urllib.parse lets blocklists be bypassed by URLs that start with blanks.',
    ),
  },
  {
    name: 'nginx',
    below: '1.21',
    finding: cve(
      'CVE-2021-23017',
      'HIGH',
      'nginx',
      '1.20.0',
      'Off-by-one in the resolver of nginx: a forged DNS answer overwrites a byte.',
    ),
  },
  {
    name: 'redis',
    below: '6.2',
    finding: cve('CVE-2021-32761', 'HIGH', 'redis', '6.0.14', 'Integer overflow in the BIT commands of 32-bit Redis.'),
  },
  {
    name: 'golang',
    below: '1.20',
    finding: cve(
      'CVE-2023-24540',
      'CRITICAL',
      'go',
      '1.19.8',
      'html/template takes not all JavaScript whitespace for such.',
    ),
  },
  {
    name: 'openjdk',
    below: '17',
    finding: cve('CVE-2022-21449', 'HIGH', 'openjdk', '15.0.2', 'ECDSA signatures of all zeros are taken as valid.'),
  },
  {
    name: 'httpd',
    below: '2.4.51',
    finding: cve(
      'CVE-2021-42013',
      'CRITICAL',
      'apache2',
      '2.4.50',
      'Path traversal and remote code execution in Apache HTTP Server.',
    ),
  },
]

/** What a basic scan finds in an image that is built upon others: each a name with the version of its software. */
export function findingsIn(bases: readonly { readonly name: string; readonly version: string }[]): readonly Finding[] {
  return KNOWN.filter(({ name, below }) =>
    bases.some((base) => base.name === name && isBelow(base.version, below)),
  ).map(({ finding }) => finding)
}

/** Compares versions part by part; one that is no number (`latest`) is the newest. */
function isBelow(version: string, limit: string): boolean {
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1]
  if (numbers === undefined) return false
  const [a, b] = [numbers, limit].map((text) => text.split('.').map(Number))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
