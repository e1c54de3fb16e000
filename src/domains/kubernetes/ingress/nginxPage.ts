import type { HttpAnswer } from '../network/httpMessage.ts'

/** A page that nginx answers by itself, with its words for the status. */
export function nginxPage(status: number, headers: { readonly [name: string]: string }): HttpAnswer {
  const words: { readonly [status: number]: string } = {
    308: '308 Permanent Redirect',
    404: '404 Not Found',
    502: '502 Bad Gateway',
    503: '503 Service Temporarily Unavailable',
    504: '504 Gateway Time-out',
  }
  const title = words[status] ?? String(status)
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
  return { status, headers: { 'Content-Type': 'text/html', ...headers }, body }
}
