import type { Url } from '../httpMessage.ts'
import type { Transfer } from './transfer.ts'

/** Exit code and words of a transfer that failed; undefined when an answer came. */
export function curlFailure(url: Url, done: Transfer): { readonly code: number; readonly text: string } | undefined {
  const place = `${url.host} port ${url.port} after ${done.ms} ms`
  switch (done.is) {
    case 'answered':
      return undefined
    case 'unknown host':
      return { code: 6, text: `Could not resolve host: ${url.host}` }
    case 'refused':
    case 'unreachable':
      return { code: 7, text: `Failed to connect to ${place}: Couldn't connect to server` }
    case 'resolve timeout':
      return { code: 28, text: `Resolving timed out after ${done.ms} milliseconds` }
    case 'connect timeout':
      return { code: 28, text: `Failed to connect to ${place}: Timeout was reached` }
    case 'timeout':
      return { code: 28, text: `Operation timed out after ${done.ms} milliseconds with 0 bytes received` }
    case 'tls':
      return { code: 35, text: 'error:0A00010B:SSL routines::wrong version number' }
    case 'self-signed':
      return {
        code: 60,
        text: `SSL certificate problem: self-signed certificate
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`,
      }
  }
}

/** The progress meter, as it stands at the end of a transfer of so many bytes. */
export function progressMeter(size: number, ms: number): string {
  const spent = ms >= 1000 ? clock(ms) : '--:--:--'
  const speed = ms > 0 ? Math.round((size * 1000) / ms) : size
  const five = (number: number): string => short(number).padStart(5)
  const share = size > 0 ? '100' : '  0'
  return `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
${share} ${five(size)}  ${share.padStart(3)} ${five(size)}    0     0  ${five(speed)}      0 --:--:--  ${spent} --:--:-- ${five(speed)}
`
}

/** What `-w` prints. */
export function writeOut(
  format: string,
  of: {
    readonly url: string
    readonly done: Transfer
    readonly ms: number
    readonly size: number
    readonly exit: number
    readonly redirects: number
  },
): string {
  const { done, ms, size } = of
  const inSeconds = (time: number): string => `${(time / 1000).toFixed(6)}`
  const values: { readonly [name: string]: string } = {
    http_code: String(done.answer?.status ?? 0).padStart(3, '0'),
    response_code: String(done.answer?.status ?? 0).padStart(3, '0'),
    time_total: inSeconds(ms),
    time_connect: inSeconds(done.connectMs),
    time_namelookup: inSeconds(Math.min(1, done.connectMs)),
    time_starttransfer: inSeconds(ms),
    size_download: String(size),
    remote_ip: done.ip ?? '',
    url_effective: of.url,
    exitcode: String(of.exit),
    num_redirects: String(of.redirects),
    content_type: done.answer?.headers['Content-Type'] ?? '',
    http_version: done.answer ? '1.1' : '0',
  }
  return format
    .replace(/%\{([a-z_]+)\}/g, (whole, name: string) => values[name] ?? whole)
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r')
}

function short(number: number): string {
  if (number < 100_000) return String(number)
  if (number < 10_000_000) return `${Math.round(number / 1024)}k`
  return `${Math.round(number / 1_048_576)}M`
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${String(Math.floor(seconds / 3600)).padStart(2)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`.trimStart()
}
