/** The release that the lab models, as `/version` and `kubectl version -o json` tell it. */
export const VERSION_INFO = {
  gitVersion: 'v1.35.0',
  gitCommit: '66452049f3d692768c39c797b21b793dce80314e',
  buildDate: '2025-12-17T12:41:05Z',
  compiler: 'gc',
  gitTreeState: 'clean',
  goVersion: 'go1.25.5',
  major: '1',
  minor: '35',
  platform: 'linux/amd64',
} as const
