import type { Flag } from '../../../../shell/index.ts'

/** What curl was told. */
export interface CurlOptions {
  readonly urls: readonly string[]
  readonly given: { readonly [flag: string]: string | true | undefined }
  readonly all: { readonly [flag: string]: readonly string[] | undefined }
}

/** The options of curl that the lab knows. */
export const CURL_FLAGS: readonly Flag[] = [
  { name: 'silent', short: 's', says: 'Silent mode' },
  { name: 'show-error', short: 'S', says: 'Show error even when -s is used' },
  { name: 'output', short: 'o', value: 'file', says: 'Write to file instead of stdout' },
  { name: 'remote-name', short: 'O', says: 'Write output to file named as remote file' },
  { name: 'include', short: 'i', says: 'Include response headers in output' },
  { name: 'head', short: 'I', says: 'Show document info only' },
  { name: 'verbose', short: 'v', says: 'Make the operation more talkative' },
  { name: 'request', short: 'X', value: 'method', says: 'Specify request method to use' },
  { name: 'header', short: 'H', value: 'header', says: 'Pass custom header(s) to server' },
  { name: 'data', short: 'd', value: 'data', says: 'HTTP POST data' },
  { name: 'data-raw', value: 'data', says: "HTTP POST data, '@' allowed" },
  { name: 'data-binary', value: 'data', says: 'HTTP POST binary data' },
  { name: 'data-urlencode', value: 'data', says: 'HTTP POST data URL encoded' },
  { name: 'json', value: 'data', says: 'HTTP POST JSON' },
  { name: 'get', short: 'G', says: 'Put the post data in the URL and use GET' },
  { name: 'location', short: 'L', says: 'Follow redirects' },
  { name: 'write-out', short: 'w', value: 'format', says: 'Output FORMAT after completion' },
  { name: 'insecure', short: 'k', says: 'Allow insecure server connections' },
  { name: 'cacert', value: 'file', says: 'CA certificate to verify peer against' },
  { name: 'fail', short: 'f', says: 'Fail fast with no output on HTTP errors' },
  { name: 'fail-with-body', says: 'Fail on HTTP errors but save the body' },
  { name: 'max-time', short: 'm', value: 'seconds', says: 'Maximum time allowed for transfer' },
  { name: 'connect-timeout', value: 'seconds', says: 'Maximum time allowed to connect' },
  { name: 'retry', value: 'num', says: 'Retry request if transient problems occur' },
  { name: 'retry-delay', value: 'seconds', says: 'Wait time between retries' },
  { name: 'retry-connrefused', says: 'Retry on connection refused' },
  { name: 'retry-all-errors', says: 'Retry all errors' },
  { name: 'resolve', value: 'host:port:addr', says: 'Resolve host+port to address' },
  { name: 'user-agent', short: 'A', value: 'name', says: 'Send User-Agent <name> to server' },
  { name: 'user', short: 'u', value: 'user:password', says: 'Server user and password' },
  { name: 'cookie', short: 'b', value: 'data', says: 'Send cookies from string' },
  { name: 'referer', short: 'e', value: 'URL', says: 'Referrer URL' },
  { name: 'dump-header', short: 'D', value: 'filename', says: 'Write the received headers to <filename>' },
  { name: 'no-buffer', short: 'N', says: 'Disable buffering of the output stream' },
  { name: 'no-progress-meter', says: 'Do not show the progress meter' },
  { name: 'url', value: 'url', says: 'URL to work with' },
  { name: 'ipv4', short: '4', says: 'Resolve names to IPv4 addresses' },
  { name: 'http1.1', says: 'Use HTTP 1.1' },
  { name: 'compressed', says: 'Request compressed response' },
  { name: 'version', short: 'V', says: 'Show version number and quit' },
]

const LONG_ALIASES: { readonly [name: string]: string } = { 'data-ascii': 'data' }

/** Reads curl's arguments; a text is its complaint. */
export function readCurl(argv: readonly string[]): CurlOptions | string {
  const given: { [flag: string]: string | true } = {}
  const all: { [flag: string]: string[] } = {}
  const urls: string[] = []
  const set = (flag: Flag, value: string | true): void => {
    const key = flag.name ?? ''
    given[key] = value
    if (value === true) return
    const list = all[key] ?? []
    list.push(value)
    all[key] = list
    if (key === 'url') urls.push(value)
  }
  const words = argv.slice(1)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '-' || !word.startsWith('-')) {
      urls.push(word)
      continue
    }
    if (word.startsWith('--')) {
      const name = LONG_ALIASES[word.slice(2)] ?? word.slice(2)
      const negated = name.startsWith('no-')
        ? CURL_FLAGS.find((flag) => flag.name === name.slice(3) && !flag.value)
        : undefined
      const flag = CURL_FLAGS.find((one) => one.name === name)
      if (!flag && negated) delete given[negated.name ?? '']
      if (!flag && !negated) return `option ${word}: is unknown`
      if (!flag) continue
      if (!flag.value) set(flag, true)
      else {
        const value = words[++at]
        if (value === undefined) return `option ${word}: requires parameter`
        set(flag, value)
      }
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const flag = CURL_FLAGS.find((one) => one.short === word[i])
      if (!flag) return `option ${word}: is unknown`
      if (!flag.value) {
        set(flag, true)
        continue
      }
      const value = word.slice(i + 1) || words[++at]
      if (value === undefined) return `option ${word}: requires parameter`
      set(flag, value)
      break
    }
  }
  return { urls, given, all }
}
