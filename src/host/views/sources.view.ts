import type { Entity, World } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { calledOf } from './telling.ts'

/** What is to be known of a thing to copy it, to take it away and to bring it back. */
export interface Source {
  readonly id: string
  readonly label: string
  readonly name: string
  /** The real file, as someone writes it who makes it; absent for what has none. */
  readonly file?: { readonly language: 'yaml' | 'json'; readonly text: string } | undefined
  /** What puts it back as it is now after it was changed; `FILE` stands in the place of the path. */
  readonly restore?: { readonly text: string; readonly line: string } | undefined
  /** The command line that takes it away. */
  readonly remove?: string | undefined
  /** What it is called that owns it: that makes another when it is gone. */
  readonly owner?: string | undefined
}

/** The files of some things, as they are or as copies under new names that refer to each other. Those that are gone are left out. */
export const sourcesView = defineLabView<{ ids: readonly string[]; copy?: boolean }, readonly Source[]>({
  name: 'sources',
  reads: ['*'],
  selectLab({ simulation }, { ids, copy = false }) {
    const { world } = simulation
    const entities = ids.flatMap((id) => world.get(id) ?? [])
    const names = copy ? newNames(entities, world) : {}
    return entities.map((entity) => {
      const face = simulation.kind(entity.kind)?.face
      const source = face?.source
      const { [nameOf(entity.id)]: name, ...others } = names
      const text = source?.fresh
        ? source.fresh(
            entity,
            world,
            copy ? { name: name ?? nameOf(entity.id), names: named(entity, entities, others, names) } : undefined,
          )
        : copy
          ? undefined
          : source?.text(entity, world)
      const owner = entity.owner === undefined ? undefined : world.get(entity.owner)
      return {
        id: entity.id,
        label: face?.label ?? entity.kind,
        name: copy && name !== undefined ? name : calledOf(simulation, entity.id),
        file: source && text !== undefined ? { language: source.language, text } : undefined,
        restore: source?.restore?.(entity, world, 'FILE'),
        remove: face?.actions?.(entity, world).find(({ sort }) => sort === 'danger')?.line,
        owner: owner && calledOf(simulation, owner.id),
      }
    })
  },
})

/** Names of what is copied together with a thing: its own counts only when another thing of that name is copied too. */
function named(
  entity: Entity,
  entities: readonly Entity[],
  others: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = nameOf(entity.id)
  return entities.some((other) => other !== entity && nameOf(other.id) === own) ? names : others
}

/** By old name: a new one that nothing of any of the kinds has yet. `web` becomes `web-2`, and `web-2` becomes `web-3`. */
function newNames(entities: readonly Entity[], world: World): Record<string, string> {
  const names: Record<string, string> = {}
  for (const { id } of entities) {
    const old = nameOf(id)
    if (old in names) continue
    const [, stem = old, number = '1'] = /^(.*?)-(\d{1,3})$/.exec(old) ?? []
    const places = entities.filter((other) => nameOf(other.id) === old).map((other) => other.id.slice(0, -old.length))
    let n = Number(number) + 1
    while (places.some((place) => world.get(`${place}${stem}-${n}`) !== undefined)) n++
    names[old] = `${stem}-${n}`
  }
  return names
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
