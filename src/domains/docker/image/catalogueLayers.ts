import type { Image } from '../../containerd/index.ts'
import { familyEnv } from './familyEnv.ts'
import { emptyEntry, type Layer, makeLayer } from './layer.ts'

/** Unpacked bytes for one packed byte, by what an image is built upon. */
const RATIO = { debian: 2.65, alpine: 2.2, busybox: 1.95, fedora: 2.9, none: 2.2 } as const

/** The system layers at the bottom: shared by all images upon the same system, so that a second pull finds them there. */
const SYSTEMS = {
  debian: { packed: 28_230_000, createdBy: "# debian.sh --arch 'amd64' out/ 'trixie' '@1764547200'" },
  alpine: { packed: 3_800_000, createdBy: 'ADD alpine-minirootfs-3.22.2-x86_64.tar.gz / # buildkit' },
  busybox: { packed: 2_211_000, createdBy: 'BusyBox 1.37.0 (glibc), Debian 13' },
  fedora: { packed: 61_000_000, createdBy: 'ADD fedora-20251201.tar / # buildkit' },
  none: { packed: 0, createdBy: '' },
} as const

/**
 * The layers and the history of a catalogue image, as an engine would find them after a pull: the system's layer, then what makes it the image
 * that it is. Unlike the real images, the split into layers is a plausible one, made from the name and the size alone.
 */
export function catalogueLayers(image: Image): readonly Layer[] {
  let layers = known.get(image)
  if (!layers) {
    layers = makeLayers(image)
    known.set(image, layers)
  }
  return layers
}

const known = new WeakMap<Image, readonly Layer[]>()

/** ms before the world's beginning at which catalogue images were made. */
const AGE = 30 * 86_400_000

function makeLayers(image: Image): readonly Layer[] {
  const layers: Layer[] = []
  const hash = [...image.full].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
  const made = -AGE - (hash % 40) * 86_400_000
  let chain: string | undefined
  const add = (createdBy: string, packed: number, seed: string, at: number): void => {
    const layer = makeLayer(chain, { createdBy, created: at, size: Math.round(packed * RATIO[image.base]), seed })
    layers.push(layer)
    chain = layer.chainId
  }
  const system = SYSTEMS[image.base]
  const bare = image.bytes <= system.packed * 1.06
  let rest = image.bytes
  if (system.packed > 0) {
    const own = bare || image.bytes < system.packed
    add(
      own ? system.createdBy : system.createdBy,
      own ? image.bytes : system.packed,
      own ? `${image.base} ${image.bytes}` : image.base,
      -AGE - 41 * 86_400_000,
    )
    rest -= own ? image.bytes : system.packed
  }
  for (const variable of familyEnv(image).slice(1)) layers.push(emptyEntry(`ENV ${variable}`, made, COMMENT))
  const short = image.name.slice(image.name.lastIndexOf('/') + 1)
  if (rest > 0) {
    const count = bare ? 0 : 1 + (hash % 3)
    for (let i = 0; i < count; i++) {
      const share = i === count - 1 ? rest : Math.round(rest * 0.62)
      rest -= share
      const by =
        i === 0
          ? `RUN /bin/sh -c set -eux; install ${short} ${image.version} # buildkit`
          : `COPY docker-entrypoint.${i === 1 ? 'sh' : 'd'} / # buildkit`
      add(by, share, `${image.full} ${image.digest} ${i}`, made)
    }
  }
  const { workdir, ports, entrypoint, cmd, user } = image.config
  if (workdir !== undefined) layers.push(emptyEntry(`WORKDIR ${workdir}`, made, COMMENT))
  if (user !== undefined) layers.push(emptyEntry(`USER ${user}`, made, COMMENT))
  if (entrypoint) layers.push(emptyEntry(`ENTRYPOINT ${JSON.stringify(entrypoint)}`, made, COMMENT))
  for (const port of ports ?? []) layers.push(emptyEntry(`EXPOSE [${port}/tcp]`, made, COMMENT))
  if (cmd) layers.push(emptyEntry(`CMD ${JSON.stringify(cmd)}`, made, COMMENT))
  return layers
}

const COMMENT = 'buildkit.dockerfile.v0'
