import { describe, expect, it } from 'vitest'
import { Files } from '../../../shell/files.ts'
import type { Call, Done, Program, Step } from '../../../shell/program.ts'
import { applicationDaemons } from '../application.ts'
import { fileSize } from '../binaryFile.ts'
import { imagePrograms } from './index.ts'

/** Runs a program to its end, on files of its own. */
function run(files: Files, name: string, ...words: readonly string[]): Done {
  const program = imagePrograms.get(name) as Program
  const call = { argv: [name, ...words], files, cwd: '/app', env: {}, world: { now: 5 } } as unknown as Call
  const step: Step = program.run(call)
  return 'exit' in step ? step : (program.resume?.({ ...call, why: 'time' }, step.state) as Done)
}

function tree(texts: { readonly [path: string]: string }): Files {
  const files = new Files({ '/app': { dir: true, at: 0 } }, 0)
  for (const [path, text] of Object.entries(texts)) files.place(path, { text, at: 0 })
  return files
}

describe('package managers', () => {
  it('find nothing with apt before its lists are there', () => {
    const files = tree({})
    expect(run(files, 'apt-get', 'install', '-y', 'curl')).toMatchObject({
      exit: 100,
      stderr: 'E: Unable to locate package curl\n',
    })
    expect(run(files, 'apt-get', 'update').exit).toBe(0)
    expect(run(files, 'apt-get', 'install', 'curl').stdout).toContain('Do you want to continue? [Y/n] Abort.')
    expect(run(files, 'apt-get', 'install', '-y', 'curl').exit).toBe(0)
    expect(files.exists('/usr/bin/curl')).toBe(true)
  })
  it('forget with apk what a virtual package stood for', () => {
    const files = tree({})
    run(files, 'apk', 'add', '--no-cache', '--virtual', '.build-deps', 'gcc', 'make')
    expect(fileSize(files.node('/usr/bin/make') ?? { at: 0 })).toBe(1_800_000)
    expect(files.exists('/var/cache/apk')).toBe(false)
    run(files, 'apk', 'del', '.build-deps')
    expect(files.exists('/usr/bin/make')).toBe(false)
  })
  it("refuse with npm's words", () => {
    expect(run(tree({}), 'npm', 'ci').stderr).toContain(
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    )
    const files = tree({ '/app/package.json': '{"name":"a","dependencies":{"express":"^4.0.0"}}' })
    expect(run(files, 'npm', 'ci').stderr).toContain(
      'The `npm ci` command can only install with an existing package-lock.json',
    )
    expect(run(files, 'npm', 'install').stdout).toMatch(/added \d+ packages?, and audited/)
    expect(run(files, 'npm', 'ci').exit).toBe(0)
    files.place('/app/package.json', { text: '{"name":"a","dependencies":{"left-pad":"1.0.0"}}', at: 0 })
    expect(run(files, 'npm', 'ci').stderr).toContain('npm error Missing: left-pad@1.0.0 from lock file')
    expect(run(files, 'npm', 'run', 'nope').stderr).toContain('npm error Missing script: "nope"')
  })
  it('read requirements, and say when there are none', () => {
    const files = tree({ '/app/requirements.txt': 'flask==3.0.0 # web\n\ngunicorn\n' })
    expect(run(files, 'pip', 'install', '-r', 'requirements.txt').stdout).toMatch(
      /Successfully installed flask-3.0.0 gunicorn-/,
    )
    expect(files.exists('/usr/local/bin/gunicorn')).toBe(true)
    expect(run(files, 'pip', 'install', '-r', 'nope.txt').stderr).toBe(
      "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'nope.txt'\n",
    )
  })
  it('compile Go that is there and whole', () => {
    expect(run(tree({}), 'go', 'build').stderr).toContain('go.mod file not found')
    const files = tree({ '/app/go.mod': 'module example.com/hi\n', '/app/main.go': 'package main\nfunc main() {\n' })
    expect(run(files, 'go', 'build').stderr).toContain('syntax error: unexpected EOF')
    files.place('/app/main.go', { text: 'package main\nfunc main() { http.ListenAndServe(":9000", nil) }\n', at: 0 })
    expect(run(files, 'go', 'build', '-o', '/out/hi', '.').exit).toBe(0)
    const [daemon] = applicationDaemons({ entrypoint: ['/out/hi'] }, { '/out/hi': files.node('/out/hi') ?? { at: 0 } })
    expect(daemon?.ports({ argv: [], env: {}, hostname: '', ip: '', version: '', read: () => undefined })).toEqual([
      9000,
    ])
  })
})

describe('servers read from their source', () => {
  const ask = (source: string, path: string) => {
    const [daemon] = applicationDaemons(
      { cmd: ['node', 'app.js'], workdir: '/srv' },
      { '/srv/app.js': { text: source, at: 0 } },
    )
    return daemon?.answer?.({ method: 'GET', path, host: 'x', headers: {} }, {} as never)
  }
  it('answer by their routes', () => {
    const source =
      "app.get('/', (q, r) => r.send('home'))\napp.get('/health', (q, r) => r.status(503).json({ status: 'down' }))\napp.listen(3000)\n"
    expect(ask(source, '/')).toMatchObject({ status: 200, body: 'home' })
    expect(ask(source, '/health')).toMatchObject({ status: 503, body: '{"status":"down"}' })
    expect(ask(source, '/other')?.status).toBe(404)
  })
  it('answer everything where they look at no path', () => {
    expect(ask("require('http').createServer((q, r) => r.end('hi')).listen(80)", '/any')).toMatchObject({ body: 'hi' })
    expect(ask("console.log('done')", '/')).toBeUndefined()
  })
})
