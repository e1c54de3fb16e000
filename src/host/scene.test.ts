import { describe, expect, it } from 'vitest'
import { readSave } from '../workspace/saveSchema.ts'
import { readScene, saveOfScene } from './scene.ts'

const text = `# title: A shop
# says: It sells.
# settle: 40s
lab cluster up

# at: 12.5s
cat > a.yaml <<'YAML'
# at: 1s
kind: Pod
YAML
kubectl \\
  get pods
# a remark
ls
`

describe('a scene', () => {
  it('is a title, a sentence and lines with their times', () => {
    expect(readScene('shop', text)).toMatchObject({
      title: 'A shop',
      says: 'It sells.',
      settle: 40_000,
      lines: [
        { at: 0, line: 'lab cluster up' },
        { at: 12_500, line: "cat > a.yaml <<'YAML'\n# at: 1s\nkind: Pod\nYAML" },
        { at: 12_500, line: 'kubectl \\\n  get pods' },
        { at: 12_500, line: 'ls' },
      ],
    })
  })

  it('becomes a sound save that stands where it has settled', () => {
    const save = saveOfScene(readScene('shop', text))
    expect(readSave(save)).toEqual({ save })
    expect(save.at).toBe(40_000)
  })
})
