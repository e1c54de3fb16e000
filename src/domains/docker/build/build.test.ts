import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'
import { findLocalImage } from '../image/index.ts'
import type { Build } from './build.ts'

const ENGINE = 'docker.Engine/local'

/** A lab with a folder `/home/.../app` in which the files stand. */
function lab(files: { readonly [name: string]: string }): Headless {
  const headless = new Headless({ scene: [] })
  headless.run('mkdir app && cd app')
  for (const [name, text] of Object.entries(files)) write(headless, name, text)
  return headless
}

function write(headless: Headless, name: string, text: string): void {
  headless.run(`cat > ${name} <<'END_OF_FILE'\n${text}END_OF_FILE`)
}

function builds(headless: Headless): readonly Build[] {
  return ([...headless.lab.simulation.world.all('docker.Build')] as Build[]).sort((a, b) => b.born - a.born)
}

function reasons(headless: Headless): readonly (string | undefined)[] {
  const [build] = builds(headless)
  return (build?.plan.vertices ?? []).map(({ id }) => {
    const record = build?.steps[id]
    return record?.status === 'reused' ? 'reused' : record?.why
  })
}

const DOCKERFILE = `FROM alpine:3.22
WORKDIR /app
COPY a.txt .
ARG V=1
RUN cat a.txt > b.txt && echo $V >> b.txt
CMD ["cat", "b.txt"]
`

describe('docker build', () => {
  it('makes an image whose files came out of the steps', () => {
    const headless = lab({ Dockerfile: DOCKERFILE, 'a.txt': 'one\n' })
    expect(headless.run('docker build -t app .').exitCode).toBe(0)
    const image = findLocalImage(headless.lab.simulation.world, ENGINE, 'app')
    expect(image?.config).toMatchObject({ Cmd: ['cat', 'b.txt'], WorkingDir: '/app' })
    expect(image?.layers.at(-2)?.createdBy).toBe(
      'RUN |1 V=1 /bin/sh -c cat a.txt > b.txt && echo $V >> b.txt # buildkit',
    )
    expect(image?.imageId).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(headless.run('docker run --rm app').output).toContain('one\n1\n')
  })

  it('reuses what has not changed, and says why not', () => {
    const headless = lab({ Dockerfile: DOCKERFILE, 'a.txt': 'one\n' })
    headless.run('docker build -t app .')
    const first = findLocalImage(headless.lab.simulation.world, ENGINE, 'app')
    headless.run('docker build -t app .')
    expect(reasons(headless)).toEqual(['reused', 'reused', 'reused', 'reused'])
    expect(findLocalImage(headless.lab.simulation.world, ENGINE, 'app')?.imageId).toBe(first?.imageId)
    headless.run('docker build -t app --build-arg V=2 .')
    expect(reasons(headless)).toEqual(['reused', 'reused', 'reused', 'the variable V is 2 now, and was 1'])
    write(headless, 'a.txt', 'two\n')
    headless.run('docker build -t app .')
    expect(reasons(headless)).toEqual(['reused', 'reused', 'a.txt is changed', 'a step before it was not reused'])
    headless.run('docker build -t app --no-cache .')
    expect(reasons(headless).slice(1)).toEqual(['--no-cache was given', '--no-cache was given', '--no-cache was given'])
  })

  it("fails in BuildKit's words when a command fails", () => {
    const headless = lab({
      Dockerfile: 'FROM node:20-alpine\nWORKDIR /app\nCOPY . .\nRUN npm test\n',
      'package.json': '{ "name": "shop", "version": "1.0.0", "scripts": { "test": "sh check.sh" } }\n',
      'check.sh': 'echo checking; exit 3\n',
    })
    const { output, exitCode } = headless.run('docker build --progress=plain .')
    expect(exitCode).toBe(1)
    expect(output).toContain('#8 ERROR: process "/bin/sh -c npm test" did not complete successfully: exit code: 3')
    expect(output).toContain(' > [4/4] RUN npm test:\n')
    expect(output).toContain('   4 | >>> RUN npm test\n')
    expect(output).toMatch(
      /\nERROR: failed to build: failed to solve: process "\/bin\/sh -c npm test" did not complete successfully: exit code: 3\n$/,
    )
    expect(builds(headless)[0]?.state).toBe('failed')
  })

  it('builds only the stages that the target needs, side by side', () => {
    const headless = lab({
      Dockerfile:
        'FROM alpine:3.22 AS a\nRUN sleep 5 && echo a > /a\nFROM alpine:3.22 AS b\nRUN sleep 5 && echo b > /b\nFROM alpine:3.22 AS unused\nRUN false\nFROM scratch\nCOPY --from=a /a /\nCOPY --from=b /b /\n',
    })
    const { exitCode, at } = headless.run('docker build -t both .')
    expect(exitCode).toBe(0)
    expect(at).toBeLessThan(10_000)
    const [build] = builds(headless)
    expect(build?.plan.stages.map(({ name, needed }) => [name, needed])).toEqual([
      ['a', true],
      ['b', true],
      ['unused', false],
      ['', true],
    ])
    expect(headless.run('docker build --target unused .').exitCode).toBe(1)
    expect(headless.run('docker build --target nothing .').output).toContain(
      'target stage "nothing" could not be found',
    )
  })

  it('sends no file that .dockerignore leaves out', () => {
    const headless = lab({
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      '.dockerignore': '*.log\nDockerfile\n',
      'a.log': 'x\n',
      b: 'y\n',
    })
    headless.run('docker build -t small .')
    const [build] = builds(headless)
    expect(Object.keys(build?.context ?? {}).sort()).toEqual(['/.dockerignore', '/b'])
    write(headless, 'Dockerfile', 'FROM scratch\nCOPY a.log /\n')
    expect(headless.run('docker build .').output).toMatch(
      /failed to compute cache key: failed to calculate checksum of ref \w{25}::\w{25}: "\/a.log": not found/,
    )
  })

  it('frees in a layer what the same command deletes', () => {
    const headless = lab({
      Dockerfile:
        'FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n',
    })
    headless.run('docker build -t debs .')
    const layers = findLocalImage(headless.lab.simulation.world, ENGINE, 'debs')?.layers.slice(-3) ?? []
    expect(layers[0]?.size).toBeLessThan(1_000_000)
    expect(layers[1]?.size).toBeGreaterThan(19_000_000)
    expect(layers[2]?.size).toBe(0)
  })

  it('stops when it is interrupted', () => {
    const headless = lab({ Dockerfile: 'FROM alpine:3.22\nRUN sleep 100000\n' })
    const short = new Headless({ longest: 20_000 })
    short.run('mkdir app && cd app')
    write(short, 'Dockerfile', 'FROM alpine:3.22\nRUN sleep 100000\n')
    short.run('docker build .')
    expect(builds(short)[0]?.state).toBe('canceled')
    expect([...short.lab.simulation.world.all('docker.BuildStep')]).toEqual([])
    expect(headless.run('ls').output).toContain('Dockerfile')
  })

  it('keeps cache mounts between builds, and secrets out of layers', () => {
    const headless = lab({
      Dockerfile:
        'FROM alpine:3.22\nARG N\nRUN --mount=type=cache,target=/c --mount=type=secret,id=key echo $N >> /c/seen; cat /c/seen /run/secrets/key > /out\n',
      key: 's3cret\n',
    })
    headless.run('docker build -t m --secret id=key,src=key --build-arg N=1 .')
    headless.run('docker build -t m --secret id=key,src=key --build-arg N=2 .')
    expect(headless.run('docker run --rm m cat /out').output).toContain('1\n2\ns3cret\n')
    expect(headless.run('docker run --rm m ls /run/secrets').exitCode).not.toBe(0)
  })

  it('makes images that serve', () => {
    const headless = lab({
      Dockerfile: 'FROM node:22-alpine\nWORKDIR /srv\nCOPY server.js .\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
      'server.js':
        "const app = require('express')()\napp.get('/health', (req, res) => res.send('ok'))\napp.get('/', (req, res) => res.send('hello shop'))\napp.listen(3000)\n",
    })
    headless.run('docker build -t shop .')
    headless.run('docker run -d -p 8080:3000 shop && sleep 2')
    expect(headless.run('curl -s localhost:8080/').output).toContain('hello shop')
    expect(headless.run('curl -s localhost:8080/health').output).toContain('ok')
    expect(headless.run('curl -s localhost:8080/nope').output).toContain('Cannot GET /nope')
  })

  it('asks what FROM left for it (ONBUILD)', () => {
    const headless = lab({
      'Dockerfile.base': 'FROM alpine:3.22\nONBUILD COPY a.txt /\nONBUILD RUN cat /a.txt > /b.txt\n',
      Dockerfile: 'FROM mybase\nCMD cat /b.txt\n',
      'a.txt': 'hi\n',
    })
    headless.run('docker build -f Dockerfile.base -t mybase .')
    const { output } = headless.run('docker build -t child --progress=plain .')
    expect(output).toContain('[3/3] ONBUILD RUN cat /a.txt > /b.txt')
    expect(headless.run('docker run --rm child').output).toContain('hi\n')
  })
})
