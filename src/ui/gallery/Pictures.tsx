import { Pictogram, Section } from '../index.ts'
import { pictogramPaths } from '../pictogramPaths.ts'
import { Box } from './Box.tsx'

/** Every pictogram under its own name. */
export function Pictures() {
  return (
    <Box label="Pictograms">
      <Section title="Pictograms" note={`${kinds.length} drawn`}>
        <div className="grid grid-cols-4 gap-x-3 gap-y-2.5">
          {kinds.map((kind) => (
            <span key={kind} className="micro inline-flex items-center gap-2 truncate">
              <Pictogram name={kind} size={20} className="text-text" />
              {kind}
            </span>
          ))}
        </div>
      </Section>
    </Box>
  )
}

const kinds = Object.keys(pictogramPaths)
