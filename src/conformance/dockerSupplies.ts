import type { DockerCall } from './dockerCall.ts'
import { dockerTables } from './dockerOutputs.ts'
import type { Stage } from './stage.ts'

/** What the supplies need of the scenery: an image that some registry has, and one that the engine has. */
interface Providing {
  image(name: string): void
  localImage(name: string): void
}

/**
 * Brings about what the client of a page has besides containers: builders, build records, contexts, archives of images and of file
 * systems. Only by lines that a person could give.
 */
export class Supplies {
  private readonly stage: Stage
  private readonly providing: Providing

  constructor(stage: Stage, providing: Providing) {
    this.stage = stage
    this.providing = providing
  }

  /** Sets the stage for one call. */
  set(call: DockerCall, line: string, output: string): void {
    const { verb, operands, flags } = call
    const [first] = operands
    if (verb.startsWith('buildx ') && !verb.startsWith('buildx history')) this.builders(call, output)
    if (verb === 'buildx history' && output !== '') this.record(output, operands)
    if (['load', 'image load'].includes(verb))
      this.archive(flags.i ? first : (flags.input?.[0] ?? /<\s*([\w./-]+)/.exec(line)?.[1]), output)
    if (['import', 'image import'].includes(verb) && first !== undefined && !first.includes('://'))
      this.rootfs(first === '-' ? /\bcat ([\w./-]+)/.exec(line)?.[1] : first)
    if (verb.startsWith('context ')) this.contexts(call, output)
    if (verb === 'image ls' && flags.tree) this.tree(output)
    if (/^plugin (?:inspect|set|enable|disable)$/.test(verb) && first !== undefined) this.plugin(first, output)
    if (verb === 'buildx bake' && flags.list) this.definition(output)
    if (verb === 'plugin create' && operands[1] !== undefined) this.pluginFolder(operands[1])
  }

  private lacks(path: string): boolean {
    return this.stage.run(`test -e '${path}' && echo there`).output.trim() === ''
  }

  /** Builders that a command names or a list shows, running where the page says so. */
  private builders({ verb, operands, flags }: DockerCall, output: string): void {
    const names =
      verb === 'buildx ls'
        ? dockerTables(output).flatMap(({ headings, rows }) =>
            rows
              .map((row) => row[headings.findIndex((heading) => heading.startsWith('NAME'))] ?? '')
              .filter((name) => /^[\w-]+$/.test(name) && name !== 'default'),
          )
        : ['buildx inspect', 'buildx use', 'buildx rm', 'buildx stop'].includes(verb)
          ? operands
          : verb === 'buildx create' && (flags.append || flags.leave)
            ? (flags.name ?? [])
            : (flags.builder ?? [])
    for (const name of names) {
      if (!/^[a-zA-Z][\w-]*$/.test(name) || name === 'default' || /no builder/.test(output)) continue
      const value = (label: string): string => new RegExp(`^${label}: +(.*)$`, 'm').exec(output)?.[1] ?? ''
      const options = [...value('Driver Options').matchAll(/(\S+?)="([^"]*)"/g)].map(
        ([, key, text]) => ` --driver-opt ${key}=${text}`,
      )
      const image = /image="([^"]+)"/.exec(value('Driver Options'))?.[1]
      if (image !== undefined) this.providing.image(image)
      const daemon = value('(?:Flags|BuildKit daemon flags)')
      const boots = /^Status: +running/m.test(output) ? ' --bootstrap' : ''
      this.stage.run(
        `docker buildx create --name ${name}${options.join('')}${daemon === '' ? '' : ` --buildkitd-flags '${daemon}'`}${boots}`,
      )
    }
  }

  /** A build whose record a page shows, in a clone of the repository that it names. */
  private record(output: string, operands: readonly string[]): void {
    const before = this.stage.run('docker buildx history ls').output.trim().split('\n').length - 1
    const back = Number(/\^(\d+)/.exec(operands.join(' '))?.[1] ?? 0)
    const [, folder = 'app', target] =
      /(?:Name: +|"Name": "|^)([\w-]+)(?: \(([\w-]+)\))/m.exec(output) ?? /Name: +([\w-]+)/.exec(output) ?? []
    const repository = /https:\/\/[\w./-]+\.git/.exec(output)?.[0]
    if (before > back && (repository === undefined || this.built.has(folder))) return
    this.built.add(folder)
    const bases = [...output.matchAll(/pkg:docker\/([\w./-]+)@([\w.-]+)\?platform/g)].map(
      ([, name, tag]) => `${name}:${tag}`,
    )
    for (const base of bases) this.providing.image(base)
    const stages = bases.slice(1).map((base, i) => `FROM ${base} AS base${i}\n`)
    const mounts = bases.slice(1).map((_, i) => `--mount=from=base${i},target=/base${i} `)
    const syntax = /pkg:docker\/docker\/dockerfile@([\w.-]+)/.exec(output)?.[1]
    const text = `${syntax === undefined ? '' : `# syntax=docker/dockerfile:${syntax}\n`}${stages.join('')}FROM ${bases[0] ?? 'alpine'} AS ${target ?? 'final'}\nWORKDIR /src\nCOPY . .\nRUN ${mounts.join('')}echo done > done\n`
    this.stage.place(`${folder}/Dockerfile`, text)
    if (repository !== undefined)
      this.stage.run(
        `cd ${folder} && git init && git remote add origin ${repository} && git add . && git -c user.name=learner -c user.email=learner@example.com commit -m first; cd ..`,
      )
    const flags = `${target === undefined ? '' : ` --target ${target}`}${/Keep Git Dir|KeepGitDir/.test(output) ? ' --build-arg BUILDKIT_CONTEXT_KEEP_GIT_DIR=1' : ''}`
    for (let i = before; i <= Math.max(before, back); i++) this.stage.run(`docker build -q${flags} ${folder}`)
  }
  private readonly built = new Set<string>()

  /** The archive that a load reads, of the images that it tells to have loaded. */
  private archive(path: string | undefined, output: string): void {
    if (path === undefined || !this.lacks(path)) return
    const names = [...output.matchAll(/^Loaded image: (\S+)$/gm)].map(([, name]) => name as string)
    const images = names.length > 0 ? names : ['alpine:latest']
    const there = this.stage.run("docker images --format '{{.Repository}}:{{.Tag}}'").output.split('\n')
    for (const name of images) this.providing.localImage(name)
    this.stage.run(`docker save -o ${path} ${images.join(' ')}`)
    const fresh = images.filter((name) => !there.includes(name))
    if (fresh.length > 0) this.stage.run(`docker rmi ${fresh.join(' ')}`)
  }

  /** The archive of a file system that an import reads. */
  private rootfs(path: string | undefined): void {
    if (path === undefined || /[\\$]/.test(path) || !this.lacks(path)) return
    this.stage.run(`mkdir -p $(dirname ${path})`)
    this.stage.run(`docker create --name rootfs-source alpine && docker export -o ${path} rootfs-source`)
    this.stage.run('docker rm rootfs-source && docker rmi alpine')
  }

  private contexts({ verb, operands }: DockerCall, output: string): void {
    const [name = '', file] = operands
    if (verb === 'context import') {
      this.stage.run(`docker context rm -f ${name}`)
      if (file !== undefined && this.lacks(file)) {
        this.stage.run(`docker context create ${name} && docker context export ${name} ${file}`)
        this.stage.run(`docker context rm -f ${name}`)
      }
      return
    }
    if (['context use', 'context inspect', 'context rm', 'context export', 'context update'].includes(verb))
      for (const one of verb === 'context export' ? [name] : operands)
        if (one !== 'default' && /^[\w.+-]+$/.test(one) && !/not found/.test(output)) this.context(one, output)
    if (verb === 'context ls')
      for (const [, one = '', host] of output.matchAll(/^([\w-]+)(?: \*)? .*?((?:unix|tcp|ssh|npipe):\/\/\S+)/gm))
        if (one !== 'default') this.context(one, `"Host": "${host}"`)
  }

  private context(name: string, output: string): void {
    const host = /"Host": "([^"]+)"/.exec(output)?.[1] ?? 'unix:///var/run/docker.sock'
    const description = /"Description": "([^"]+)"/.exec(output)?.[1]
    this.stage.run(
      `docker context create ${name} --docker 'host=${host}'${description === undefined ? '' : ` --description '${description}'`}`,
    )
  }

  /** Images that a tree shows, used by a container where the page marks them so. */
  private tree(output: string): void {
    for (const line of output.split('\n')) {
      const [, name] = /^([\w./-]+:[\w.-]+) /.exec(line) ?? []
      if (name === undefined) continue
      this.providing.localImage(name)
      if (/ U+\s*$/.test(line)) this.stage.run(`docker run -d ${name} sleep 1d`)
    }
  }

  /** A plugin of the page's own, with the mount, the device and the arguments that it sets. */
  private plugin(name: string, output: string): void {
    if (
      !/^[a-z]+$/.test(name) ||
      !/No such|not found|Error/.test(this.stage.run(`docker plugin inspect ${name}`).output)
    )
      return
    const source = /^\/\w+$/.test(output.trim()) ? output.trim() : '/foo'
    this.stage.place(
      `.plugins/${name}/config.json`,
      JSON.stringify({
        description: 'A plugin',
        interface: { types: ['docker.volumedriver/1.0'], socket: 'plugin.sock' },
        mounts: [{ name: 'mymount', source, destination: '/mnt', type: 'bind', settable: ['source'] }],
        linux: { devices: [{ name: 'mydevice', path: `/dev${source}`, settable: ['path'] }] },
        args: { name: 'myargs', value: ['foo', 'bar'], settable: ['value'] },
      }),
    )
    this.stage.run(`mkdir -p .plugins/${name}/rootfs; docker plugin create ${name} .plugins/${name}`)
  }

  /** The definition behind a list of targets or variables, of a page that has no file. */
  private definition(output: string): void {
    const [table] = dockerTables(output)
    if (!table || !(this.listed || this.lacks('docker-bake.hcl'))) return
    const text = (value: string | undefined): string => JSON.stringify(value ?? '')
    const blocks = table.rows.map((row) => {
      const [name = '', about] = row
      if (table.headings[0] !== 'TARGET') {
        const [, type = '', value, description] = row
        const plain =
          value === '<null>' || value === undefined
            ? ''
            : `  default = ${type === 'bool' || type === 'number' ? value : text(value)}\n`
        return `variable ${text(name)} {\n${type === '' ? '' : `  type = ${type}\n`}${plain}${description ? `  description = ${text(description)}\n` : ''}}\n`
      }
      if (name === 'default') return `group "default" {\n  targets = [${text(about)}]\n}\n`
      return `target ${text(name)} {\n${about ? `  description = ${text(about)}\n` : ''}}\n`
    })
    this.stage.place('docker-bake.hcl', blocks.join(''))
    this.listed = true
  }
  private listed = false

  /** The folder of a plugin that a page makes from its own files. */
  private pluginFolder(path: string): void {
    if (!this.lacks(`${path}/config.json`)) return
    this.stage.place(
      `${path}/config.json`,
      JSON.stringify({
        description: 'A sample plugin for Docker',
        documentation: 'https://docs.docker.com/engine/extend/plugins/',
        entrypoint: ['/usr/bin/sample-plugin'],
        interface: { types: ['docker.volumedriver/1.0'], socket: 'plugins.sock' },
        network: { type: 'host' },
      }),
    )
    this.stage.run(`mkdir -p ${path}/rootfs`)
  }
}
