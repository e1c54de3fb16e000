import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { installProgram, outputText, shellDomain, transcript } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { dockerDomain } from '../domain.ts'
import { docker } from './docker.ts'

installProgram(docker)

/** A terminal: each line runs to its end, at most so many virtual minutes. */
function terminal(): (line: string) => string {
  const simulation = new Simulation({ domains: [shellDomain, containerd, dockerDomain], seed: 1 })
  return (line) => {
    const from = simulation.journal.length
    simulation.command(line)
    for (let i = 0; i < 600 && simulation.world.get('shell.Session/main')?.state === 'Busy'; i++)
      simulation.advanceTo(simulation.now + 500)
    return outputText(transcript(simulation.journal, 'shell.Session/main', from))
  }
}

describe('docker', () => {
  it('pulls what is missing, runs it in the foreground and ends with its exit code', () => {
    const $ = terminal()
    const said = $("docker run --rm alpine sh -c 'echo hi; exit 3'")
    expect(said).toContain("Unable to find image 'alpine:latest' locally\nlatest: Pulling from library/alpine\n")
    expect(said).toMatch(/Status: Downloaded newer image for alpine:latest\nhi\n$/)
    expect($('echo $?')).toBe('3\n')
    expect($('docker ps -aq')).toBe('')
  })

  it('lists containers as docker does, and through templates', () => {
    const $ = terminal()
    $('docker run -d --name web -p 8080:80 nginx')
    expect($('docker ps')).toMatch(
      /^CONTAINER ID {3}IMAGE {3}COMMAND.*\n[0-9a-f]{12} {3}nginx {3}"\/docker-entrypoint.…" .* Up .* 0\.0\.0\.0:8080->80\/tcp, \[::\]:8080->80\/tcp {3}web\n$/,
    )
    expect($("docker ps --format '{{.Names}}: {{.Image | upper}}'")).toBe('web: NGINX\n')
    expect(
      $("docker inspect -f '{{range $p, $c := .NetworkSettings.Ports}}{{$p}} {{(index $c 0).HostPort}}{{end}}' web"),
    ).toBe('80/tcp 8080\n')
    expect($('docker port web 80')).toBe('0.0.0.0:8080\n[::]:8080\n')
  })

  it('refuses in the words of the engine, with its exit codes', () => {
    const $ = terminal()
    $('docker run -d --name web -p 80:80 nginx')
    expect($('docker run --name web nginx')).toMatch(
      /^docker: Error response from daemon: Conflict\. The container name "\/web" is already in use/,
    )
    expect($('echo $?')).toBe('125\n')
    expect($('docker run -d -p 80:80 nginx')).toContain('Bind for 0.0.0.0:80 failed: port is already allocated')
    expect($('docker run alpine nonsense --flag')).toContain('exec: "nonsense": executable file not found in $PATH')
    expect($('echo $?')).toBe('127\n')
    expect($('docker rm web')).toBe(
      'Error response from daemon: cannot remove container "web": container is running: stop the container before removing or force remove\n',
    )
    expect($('docker stop nobody')).toBe('Error response from daemon: No such container: nobody\n')
    expect($('docker foo')).toBe("docker: unknown command: docker foo\n\nRun 'docker --help' for more information\n")
  })

  it('keeps what is written to volumes, and finds containers of a network by name', () => {
    const $ = terminal()
    $('docker run --rm -v data:/data alpine sh -c "echo kept > /data/file"')
    expect($('docker run --rm -v data:/data alpine cat /data/file')).toBe('kept\n')
    expect($('docker volume rm data')).toBe('data\n')
    $('docker network create shop')
    $('docker run -d --network shop --network-alias db --name store redis:7')
    expect($('docker network inspect shop -f "{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}"')).toBe(
      'store 172.18.0.2/16\n',
    )
    expect($('docker network rm shop')).toContain('has active endpoints')
  })

  it('pushes by layer to a registry that runs in a container', () => {
    const $ = terminal()
    $('docker pull nginx')
    $('docker tag nginx localhost:5000/web')
    expect($('docker push localhost:5000/web')).toContain('connect: connection refused')
    $('docker run -d -p 5000:5000 registry:2')
    $('sleep 1')
    expect($('docker push localhost:5000/web')).toMatch(/: Pushed\n/)
    expect($('docker push localhost:5000/web')).toMatch(/: Layer already exists\n/)
    expect($('docker push someone/web')).toContain('An image does not exist locally with the tag: someone/web')
  })
})

describe('docker compose', () => {
  const FILE = `services:
  web:
    image: nginx:\${TAG:-1.27}
    ports: ["8080:80"]
    depends_on:
      db: { condition: service_healthy }
  db:
    image: redis:7
    healthcheck: { test: ["CMD", "redis-cli", "ping"], interval: 2s }
`
  const write = ($: (line: string) => string, text: string): string =>
    $(`mkdir -p app && cd app && cat > compose.yaml <<'X'\n${text}X`)

  it('starts what others wait for first, and takes everything down', () => {
    const $ = terminal()
    write($, FILE)
    expect($('docker compose up -d')).toMatch(
      /Network app_default {2}Created[\s\S]*Container app-db-1 {2}Started[\s\S]*Container app-web-1 {2}Started/,
    )
    expect($("docker compose ps --format '{{.Service}} {{.State}} {{.Health}}'")).toBe(
      'db running healthy\nweb running \n',
    )
    expect($('docker compose up -d --scale db=2')).toMatch(/app-web-1 {2}Running/)
    expect($('docker compose down')).toMatch(/Container app-web-1 {2}Removed[\s\S]*Network app_default {2}Removed/)
    expect($('docker ps -aq')).toBe('')
  })

  it('says what is wrong with a file in its own words', () => {
    const $ = terminal()
    write($, 'services:\n  web:\n    imagee: nginx\n')
    expect($('docker compose config')).toBe(
      "validating /home/learner/app/compose.yaml: services.web additional properties 'imagee' not allowed\n",
    )
    $("printf 'services:\\n  web:\\n    image: nginx\\n    depends_on: [db]\\n' > compose.yaml")
    expect($('docker compose up -d')).toBe('service "web" depends on undefined service "db": invalid compose project\n')
    $('rm compose.yaml')
    expect($('docker compose up')).toBe('no configuration file provided: not found\n')
  })
})
