import { topicTitle } from '../../teaching/conceptList.ts'
import type { Concept } from '../../teaching/concepts.ts'
import type { Ability } from '../../teaching/review/ability.ts'
import { SKILLS, type Skill } from '../../teaching/review/outcome.ts'
import { Glyph, VisuallyHidden } from '../../ui/index.ts'

const SKILL_WORDS: Readonly<Record<Skill, string>> = { predict: 'Predict', build: 'Build', debug: 'Debug' }
const LOOKS = {
  shown: { status: 'ok', word: 'shown' },
  tried: { status: 'warn', word: 'tried, not yet right' },
  untried: { status: 'idle', word: 'not tried' },
} as const

/** Every concept by topic, and for each what was shown: can predict, can build, can debug. */
export function AbilityMap({ concepts, abilities }: AbilityMapProps) {
  const topics = [...new Set(concepts.map(({ topic }) => topic))]
  return (
    <div className="ability-map">
      {topics.map((topic) => (
        <table key={topic}>
          <caption>{topicTitle(topic)}</caption>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>Concept</VisuallyHidden>
              </th>
              {SKILLS.map((skill) => (
                <th key={skill} scope="col">
                  {SKILL_WORDS[skill]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {concepts
              .filter((concept) => concept.topic === topic)
              .map(({ id, title }) => (
                <tr key={id}>
                  <th scope="row">{title}</th>
                  {SKILLS.map((skill) => {
                    const { status, word } = LOOKS[abilities.get(id)?.[skill] ?? 'untried']
                    return (
                      <td key={skill}>
                        <Glyph status={status} size={13} label={word} />
                      </td>
                    )
                  })}
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

interface AbilityMapProps {
  readonly concepts: readonly Concept[]
  readonly abilities: ReadonlyMap<string, Ability>
}
